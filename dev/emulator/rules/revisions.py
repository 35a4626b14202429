"""Preconditions on a revision."""

from answers import refuse
from surround import Rule


def refuse_other_revision(_ministacks, current, data):
    # AWS: 412 PreconditionFailedException when RevisionId is not the latest.
    wanted = data.get("RevisionId")
    if not wanted or wanted == current["RevisionId"]:
        return None
    return refuse(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. "
        "Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    )


RULES = (Rule("lambda_svc._check_revision", refuse_other_revision),)
