"""Who may assume a role."""

import sts_requests
from ministack.core.iam_evaluator import EvalContext, evaluate_trust_policy
from ministack.core.responses import error_response_json, get_region
from ministack.services import iam, sts
from surround import Rule
from trust import Role


async def refuse_untrusted(handle_request, method, path, headers, body, query_params):
    # AWS: 403 AccessDenied, always in the same words, for a role that does not exist, whose trust
    # policy does not name the caller, or whose conditions (sts:ExternalId) are not met.
    asked = sts_requests.parameters(headers, body, query_params)
    if asked.get("Action") == "AssumeRole" and not _malformed(asked):
        caller = sts._caller_identity(headers, query_params)
        if not _trusted(Role(asked["RoleArn"]), caller, asked):
            return _denied(asked["RoleArn"], caller, headers)
    return await handle_request(method, path, headers, body, query_params)


def _malformed(asked):
    """Ministack refuses these itself."""
    _, refused = sts._assumed_role_arn(asked.get("RoleArn", ""), asked.get("RoleSessionName", ""))
    return refused is not None


def _trusted(role, caller, asked):
    if role.statements is None:
        return False
    context = EvalContext(
        principal_arn=caller["userArn"],
        principal_type=caller["principalType"],
        principal_account=caller["accountId"],
        action="sts:AssumeRole",
        resource_arn=role.arn,
        region=get_region(),
        service_context={
            "sts:externalid": asked.get("ExternalId"),
            "sts:rolesessionname": asked.get("RoleSessionName"),
        },
    )
    policy = {"Statement": [_without_services(statement) for statement in role.statements]}
    return evaluate_trust_policy(policy, caller["userArn"], context)


def _without_services(statement):
    """Ministack takes the credentials of an account for any service that a policy names."""
    principal = statement.get("Principal")
    if not isinstance(principal, dict):
        return statement
    others = {key: principal[key] for key in principal if key != "Service"}
    return {**statement, "Principal": others}


def _denied(arn, caller, headers):
    who, what = f"User: {caller['userArn']}", f"sts:AssumeRole on resource: {arn}"
    message = f"{who} is not authorized to perform: {what}"
    if headers.get("x-amz-target"):
        return error_response_json("AccessDenied", message, 403)
    return iam._error(403, "AccessDenied", message, ns="sts")


RULES = (Rule("sts.handle_request", refuse_untrusted),)
