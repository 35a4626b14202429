"""Provisioned concurrency: what a version or an alias may have, and how it gets it.

AWS: API reference (PutProvisionedConcurrencyConfig and its sisters) and developer guide
(Configuring provisioned concurrency). How the refusals are worded is what AWS answered to
localstack's tests (localstack/localstack, tests/aws/services/lambda_).
"""

import contextvars

import accounts
import concurrency
import functions
import settings
from answers import invalid_parameter, invalid_request, json_answer, not_found, ok, refuse
from lambda_operations import Operation
from ministack import app
from ministack.core.responses import get_account_id
from surround import Rule


def refuse_weighted_alias(put, func_name, qualifier, data):
    # AWS: InvalidParameterValueException while the alias is split over two versions.
    function = functions.record(func_name)
    alias = function and function["aliases"].get(qualifier)
    if alias and alias.get("RoutingConfig"):
        return invalid_parameter("Alias with weights can not be used with Provisioned Concurrency")
    return put(func_name, qualifier, data)


def refuse_second(put, func_name, qualifier, data):
    # AWS: 409 ResourceConflictException where a version would have it by its alias as well.
    function = functions.record(func_name)
    configs = _configs(function)
    aliases = function["aliases"] if function else {}
    if qualifier in aliases and aliases[qualifier]["FunctionVersion"] in configs:
        return _conflict(
            "Alias can't be used for Provisioned Concurrency configuration "
            "on an already Provisioned version"
        )
    pointing = (name for name, alias in aliases.items() if alias["FunctionVersion"] == qualifier)
    if any(name in configs for name in pointing):
        return _conflict("Version is pointed by a Provisioned Concurrency alias")
    return put(func_name, qualifier, data)


def refuse_too_much(put, func_name, qualifier, data):
    # AWS: it counts towards the function's reserved concurrency, or else the account's.
    function = functions.record(func_name)
    if function is None:
        return put(func_name, qualifier, data)
    asked = data["ProvisionedConcurrentExecutions"]
    others = sum(_asked(one) for name, one in _configs(function).items() if name != qualifier)
    reserved = function.get("concurrency")
    if reserved is not None and reserved < others + asked:
        return invalid_parameter(
            "Requested Provisioned Concurrency should not be greater than the "
            "reservedConcurrentExecution for function"
        )
    more = others + asked - concurrency.provisioned(function)
    if reserved is None and concurrency.unreserved() - more < concurrency.LEAST_UNRESERVED:
        return invalid_parameter(
            "Specified ConcurrentExecutions for function decreases account's "
            "UnreservedConcurrentExecution below its minimum value of "
            f"[{concurrency.LEAST_UNRESERVED}]."
        )
    return put(func_name, qualifier, data)


def refuse_less_than_one(put, func_name, qualifier, data):
    # AWS: the least is 1.
    asked = data.get("ProvisionedConcurrentExecutions", 0)
    if asked >= 1:
        return put(func_name, qualifier, data)
    return invalid_request(
        f"Value '{asked}' at 'provisionedConcurrentExecutions' failed to satisfy constraint: "
        "Member must have value greater than or equal to 1"
    )


def refuse_unpublished(put, func_name, qualifier, data):
    # AWS: InvalidParameterValueException for $LATEST.
    if qualifier in (None, "$LATEST"):
        return invalid_parameter(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions."
        )
    return put(func_name, qualifier, data)


def refuse_to_look_at_unpublished(call, func_name, qualifier):
    # AWS: the same for GetProvisionedConcurrencyConfig and DeleteProvisionedConcurrencyConfig.
    if qualifier in (None, "$LATEST"):
        return invalid_parameter(
            "The function resource provided must be an alias or a published version."
        )
    return call(func_name, qualifier)


def allocate_later(put, func_name, qualifier, data):
    # AWS: the answer says IN_PROGRESS; READY or FAILED comes later.
    before = _configs(functions.record(func_name)).get(qualifier)
    answer = put(func_name, qualifier, data)
    if not ok(answer):
        return answer
    config = _configs(functions.record(func_name))[qualifier]
    allocated = before["AllocatedProvisionedConcurrentExecutions"] if before else 0
    _mark(config, "IN_PROGRESS", min(allocated, _asked(config)))
    account, context = get_account_id(), contextvars.copy_context()

    def begin_to_end(loop):
        loop.call_later(settings.update_seconds(), _complete, account, config, context=context)

    accounts.when_changes_may_end(account, lambda: begin_to_end(app._MAIN_LOOP))
    return json_answer(config, 202)


def _complete(account, config):
    reason = accounts.provisioning_fails(account)
    if reason:
        _mark(config, "FAILED", 0, StatusReason=reason)
    else:
        _mark(config, "READY", _asked(config))


def refuse_weights(update_alias, func_name, alias_name, data):
    # AWS: InvalidParameterValueException for weights on an alias that has it.
    weights = (data.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
    if weights and alias_name in _configs(functions.record(func_name)):
        return invalid_parameter("Invalid alias configuration for Provisioned Concurrency")
    return update_alias(func_name, alias_name, data)


async def list_all(handle_request, method, path, headers, body, query_params):
    # ministack has no ListProvisionedConcurrencyConfigs.
    operation = Operation(method, path, query_params)
    if operation.name != "ListProvisionedConcurrencyConfigs":
        return await handle_request(method, path, headers, body, query_params)
    function = functions.record(operation.function)
    if function is None:
        return not_found("Function not found: " + functions.arn(operation.function))
    configs = [
        {"FunctionArn": functions.arn(operation.function, qualifier), **config}
        for qualifier, config in _configs(function).items()
    ]
    return json_answer({"ProvisionedConcurrencyConfigs": configs})


def _configs(function):
    return function.get("provisioned_concurrency", {}) if function else {}


def _asked(config):
    return config["RequestedProvisionedConcurrentExecutions"]


def _mark(config, status, allocated, **reason):
    config.pop("StatusReason", None)
    config.update(
        Status=status,
        AvailableProvisionedConcurrentExecutions=allocated,
        AllocatedProvisionedConcurrentExecutions=allocated,
        **reason,
    )


def _conflict(why):
    return refuse(409, "ResourceConflictException", why)


RULES = (
    Rule("lambda_svc._put_provisioned_concurrency", allocate_later),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_second),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_too_much),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_weighted_alias),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_unpublished),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_less_than_one),
    Rule("lambda_svc._get_provisioned_concurrency", refuse_to_look_at_unpublished),
    Rule("lambda_svc._delete_provisioned_concurrency", refuse_to_look_at_unpublished),
    Rule("lambda_svc._update_alias", refuse_weights),
    Rule("lambda_svc.handle_request", list_all),
)
