"""What an alias may point at."""

import re

import functions
from answers import invalid_parameter, invalid_request, not_found, refuse
from surround import Rule

_NUMBERED = (
    "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, "
    "Member must have length greater than or equal to 1, "
    "Member must satisfy regular expression pattern: [0-9]+]"
)
_WEIGHED = (
    "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, "
    "Member must have value greater than or equal to 0.0, Member must not be null]"
)


def refuse_new_alias(create_alias, func_name, data):
    function = functions.record(func_name)
    if function is None:
        return create_alias(func_name, data)
    refused = (
        _refuse_name(data.get("Name", ""))
        or _refuse_no_version(data)
        or _refuse_description(data)
        or _refuse(func_name, function, data)
    )
    return refused or create_alias(func_name, data)


def refuse_alias_change(update_alias, func_name, alias_name, data):
    """What is not in the request stays as it was, and has to fit what is."""
    function = functions.record(func_name)
    alias = function and function["aliases"].get(alias_name)
    refused = alias and (
        _refuse_description(data) or _refuse(func_name, function, {**alias, **data})
    )
    return refused or update_alias(func_name, alias_name, data)


def delete_missing_alias(delete_alias, func_name, alias_name):
    # AWS: deleting an alias that does not exist succeeds.
    function = functions.record(func_name)
    if function and alias_name not in function["aliases"]:
        return 204, {}, b""
    return delete_alias(func_name, alias_name)


def _refuse_name(name):
    pattern = r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)"
    if re.fullmatch(pattern, name):
        return None
    return invalid_request(
        f"Value '{name}' at 'name' failed to satisfy constraint: "
        f"Member must satisfy regular expression pattern: {pattern}"
    )


def _refuse_no_version(data):
    # AWS: a new alias has to name a version, or $LATEST.
    # https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
    if data.get("FunctionVersion"):
        return None
    return invalid_request(
        "Value null at 'functionVersion' failed to satisfy constraint: Member must not be null"
    )


def _refuse_description(data):
    # AWS: up to 256 characters (API reference: CreateAlias, UpdateAlias).
    description = data.get("Description") or ""
    if len(description) <= 256:
        return None
    return invalid_request(
        f"Value '{description}' at 'description' failed to satisfy constraint: "
        "Member must have length less than or equal to 256"
    )


def _refuse(name, function, alias):
    primary = alias.get("FunctionVersion", "$LATEST")
    weights = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    refused = _refuse_weights(weights) or _refuse_version(name, function, primary)
    if refused or not weights:
        return refused
    (additional,) = weights
    return (
        _refuse_pair(primary, additional)
        or _refuse_version(name, function, additional)
        or _refuse_unlike(function, primary, additional)
    )


def _refuse_weights(weights):
    # AWS: one additional version at most, by its number, with a weight from 0 to 1.
    if len(weights) > 1:
        return invalid_parameter(
            "Number of items in AdditionalVersionWeights cannot be greater than 1"
        )
    for version, weight in weights.items():
        if not re.fullmatch("[0-9]+", version):
            return _invalid_weight(version, weight, _NUMBERED)
        if not 0 <= weight <= 1:
            return _invalid_weight(version, weight, _WEIGHED)
    return None


def _invalid_weight(version, weight, constraint):
    value = f"Value '{{{version}={float(weight)}}}' at 'routingConfig.additionalVersionWeights'"
    return invalid_request(f"{value} failed to satisfy constraint: {constraint}")


def _refuse_version(name, function, version):
    # AWS: ResourceNotFoundException for a version that does not exist, and 409
    # ResourceConflictException for one that is not active. How AWS words the latter is not on
    # record.
    if version == "$LATEST":
        return None
    if version not in function["versions"]:
        return not_found("Function not found: " + functions.arn(name, version))
    state = function["versions"][version]["config"].get("State", "Active")
    if state == "Active":
        return None
    return refuse(
        409,
        "ResourceConflictException",
        "The operation cannot be performed at this time. "
        f"The version is currently in the following state: {state}",
    )


def _refuse_pair(primary, additional):
    if primary == "$LATEST":
        # AWS: both versions have to be published.
        return invalid_parameter(
            "$LATEST is not supported for an alias pointing to more than 1 version"
        )
    if primary == additional:
        return invalid_parameter(
            f"Invalid function version {primary}. "
            f"Function version {primary} is already included in routing configuration."
        )
    return None


def _refuse_unlike(function, primary, additional):
    # AWS: both versions need the same execution role and the same dead-letter queue, or none.
    one, other = (function["versions"][version]["config"] for version in (primary, additional))
    if one["Role"] != other["Role"]:
        return invalid_parameter(
            "Specified versions must be associated with the same execution role"
        )
    # How AWS words the refusal for the queues is not on record.
    if _dead_letters(one) != _dead_letters(other):
        return invalid_parameter(
            "Specified versions must have the same dead-letter queue configuration"
        )
    return None


def _dead_letters(configuration):
    return (configuration.get("DeadLetterConfig") or {}).get("TargetArn") or None


RULES = (
    Rule("lambda_svc._create_alias", refuse_new_alias),
    Rule("lambda_svc._update_alias", refuse_alias_change),
    Rule("lambda_svc._delete_alias", delete_missing_alias),
)
