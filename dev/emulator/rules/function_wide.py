"""What belongs to a whole function: tags, reserved concurrency and runtime management."""

import json

import concurrency
import functions
from answers import content, invalid_parameter, invalid_request, json_answer, not_found
from lambda_operations import Operation
from surround import Rule

_MAX_TAGS = 50
_MAX_KEY = 128
_MAX_VALUE = 256

_MODES = ("Auto", "FunctionUpdate", "Manual")


def refuse_too_much(put, func_name, data):
    # AWS: InvalidParameterValueException where less than 100 would be left to all other functions.
    function = functions.record(func_name)
    value = data.get("ReservedConcurrentExecutions")
    if function is None:
        return put(func_name, data)
    if not isinstance(value, int) or value < 0:
        return invalid_request(
            f"Value '{value}' at 'reservedConcurrentExecutions' failed to satisfy constraint: "
            "Member must have value greater than or equal to 0"
        )
    provisioned = concurrency.provisioned(function)
    if value < provisioned:
        # AWS: not below what versions and aliases have as provisioned concurrency.
        return invalid_parameter(
            f"ReservedConcurrentExecutions {value} should not be lower than function's total "
            f"provisioned concurrency [{provisioned}]."
        )
    left = concurrency.unreserved() + concurrency.taken(function) - value
    if left < concurrency.LEAST_UNRESERVED:
        return invalid_parameter(
            "Specified ReservedConcurrentExecutions for function decreases account's "
            f"UnreservedConcurrentExecution below its minimum value of [{concurrency.LEAST_UNRESERVED}]."
        )
    return put(func_name, data)


def tell_concurrency(get_account_settings):
    # AWS: the quota of the account in the region, whatever the machine can run.
    answer = content(get_account_settings())
    # What is reserved or provisioned is no longer free for other functions.
    answer["AccountLimit"]["ConcurrentExecutions"] = concurrency.QUOTA
    answer["AccountLimit"]["UnreservedConcurrentExecutions"] = concurrency.unreserved()
    return json_answer(answer)


def refuse_tags(tag_resource, resource_arn, data):
    name, _ = functions.name_and_qualifier(resource_arn)
    function = functions.record(name)
    present = function.get("tags", {}) if function else {}
    return _wrong_tags(present, data.get("Tags") or {}) or tag_resource(resource_arn, data)


def refuse_tags_of_creation(create_function, data):
    return _wrong_tags({}, data.get("Tags") or {}) or create_function(data)


def refuse_own_keys(untag_resource, resource_arn, query_params):
    # AWS: nobody takes away tags that AWS has written.
    keys = query_params.get("tagKeys") or []
    own = [key for key in keys if _is_own(key)]
    return _reserved_key() if own else untag_resource(resource_arn, query_params)


def _wrong_tags(present, new):
    # AWS: at most 50 tags, without those of AWS; keys of 1 to 128 and values of up to 256
    # characters; and nobody else writes keys that begin with aws:.
    if any(_is_own(key) for key in new):
        return _reserved_key()
    for key, value in new.items():
        if not 1 <= len(key) <= _MAX_KEY or len(value) > _MAX_VALUE:
            return invalid_request(f"The tag '{key}' is too long.")
    if len([key for key in {**present, **new} if not _is_own(key)]) > _MAX_TAGS:
        return invalid_parameter("Number of tags exceeds resource tag limit.")
    return None


def _is_own(key):
    # AWS: CloudFormation writes its own. Who asks is not known here, and tests stand in for it.
    return key.lower().startswith("aws:") and not key.startswith("aws:cloudformation:")


def _reserved_key():
    return invalid_parameter("Tag keys starting with 'aws:' are reserved for internal use.")


async def manage_runtimes(handle_request, method, path, headers, body, query_params):
    # AWS: of each version by itself, and of $LATEST where no qualifier is named; ministack has none.
    operation = Operation(method, path, query_params)
    if not operation.name.endswith("RuntimeManagementConfig"):
        return await handle_request(method, path, headers, body, query_params)
    function = functions.record(operation.function)
    described = function and functions.described_by(function, operation.qualifier)
    if not described:
        arn = functions.arn(operation.function, operation.qualifier)
        return not_found(f"Function not found: {arn}")
    if method == "PUT":
        data = json.loads(body or b"{}")
        refused = _wrong_management(data)
        if refused:
            return refused
        described["runtime_management"] = data
    kept = described.get("runtime_management") or {"UpdateRuntimeOn": "Auto"}
    return json_answer(
        {
            "FunctionArn": functions.arn(operation.function, operation.qualifier or "$LATEST"),
            "UpdateRuntimeOn": kept["UpdateRuntimeOn"],
            "RuntimeVersionArn": kept.get("RuntimeVersionArn"),
        }
    )


def _wrong_management(data):
    # AWS: the version of a runtime is required with Manual, and not taken with anything else.
    mode, version = data.get("UpdateRuntimeOn"), data.get("RuntimeVersionArn")
    if mode not in _MODES:
        return invalid_request(
            f"Value '{mode}' at 'updateRuntimeOn' failed to satisfy constraint: "
            "Member must satisfy enum value set: [Auto, FunctionUpdate, Manual]"
        )
    if (mode == "Manual") != bool(version):
        return invalid_parameter(
            "RuntimeVersionArn is required with the runtime update mode Manual, and only then."
        )
    return None


def refuse_other_runtime(update_config, name, data):
    # AWS: InvalidParameterValueException, "Cannot change runtime identifier when …", see
    # hashicorp/terraform-provider-aws#42699.
    function = functions.record(name)
    kept = function and function.get("runtime_management")
    changes = function and data.get("Runtime") not in (None, function["config"].get("Runtime"))
    if kept and kept["UpdateRuntimeOn"] == "Manual" and changes:
        return invalid_parameter(
            "Cannot change runtime identifier when runtime management configuration is set to "
            "'Manual'. Change the runtime management configuration to 'Auto' or 'FunctionUpdate', "
            "then retry."
        )
    return update_config(name, data)


RULES = (
    Rule("lambda_svc._put_function_concurrency", refuse_too_much),
    Rule("lambda_svc._get_account_settings", tell_concurrency),
    Rule("lambda_svc._tag_resource", refuse_tags),
    Rule("lambda_svc._create_function", refuse_tags_of_creation),
    Rule("lambda_svc._untag_resource", refuse_own_keys),
    Rule("lambda_svc.handle_request", manage_runtimes),
    Rule("lambda_svc._update_config", refuse_other_runtime),
)
