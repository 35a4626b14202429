"""The role a function runs with."""

import re

import functions
from answers import invalid_parameter, invalid_request, refuse
from ministack.core.responses import get_account_id
from surround import Rule
from trust import Role

_PATTERN = r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+"


def refuse_new_function(create_function, data):
    return _refuse(data.get("Role", "")) or create_function(data)


def refuse_update(update_config, name, data):
    asked = functions.record(name) and "Role" in data
    return (_refuse(data["Role"]) if asked else None) or update_config(name, data)


def _refuse(arn):
    if not re.fullmatch(_PATTERN, arn):
        return invalid_request(
            f"Value '{arn}' at 'role' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {_PATTERN}"
        )
    role = Role(arn)
    # AWS: AccessDeniedException for a role of another account.
    if role.account != get_account_id():
        return refuse(403, "AccessDeniedException", "Cross-account pass role is not allowed.")
    # AWS: InvalidParameterValueException for a role that does not exist or does not trust Lambda.
    if not role.trusts_service("lambda.amazonaws.com"):
        return invalid_parameter("The role defined for the function cannot be assumed by Lambda.")
    return None


RULES = (
    Rule("lambda_svc._create_function", refuse_new_function),
    Rule("lambda_svc._update_config", refuse_update),
)
