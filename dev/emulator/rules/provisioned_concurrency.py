"""Provisioned concurrency."""

import functions
from answers import invalid_parameter, json_answer
from surround import Rule


def refuse_weighted_alias(put, func_name, qualifier, data):
    # AWS: InvalidParameterValueException while the alias is split over two versions.
    function = functions.record(func_name)
    alias = function and function["aliases"].get(qualifier)
    if alias and alias.get("RoutingConfig"):
        return invalid_parameter("Alias with weights can not be used with Provisioned Concurrency")
    return put(func_name, qualifier, data)


def refuse_unpublished(put, func_name, qualifier, data):
    # AWS: InvalidParameterValueException for $LATEST.
    if qualifier in (None, "$LATEST"):
        return invalid_parameter(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions."
        )
    return put(func_name, qualifier, data)


def list_all(get, func_name, qualifier):
    # AWS: the same path without a qualifier is ListProvisionedConcurrencyConfigs.
    function = functions.record(func_name)
    if qualifier is not None or function is None:
        return get(func_name, qualifier)
    configs = [
        {**config, "FunctionArn": functions.arn(func_name, key)}
        for key, config in function.get("provisioned_concurrency", {}).items()
    ]
    return json_answer({"ProvisionedConcurrencyConfigs": configs})


RULES = (
    Rule("lambda_svc._put_provisioned_concurrency", refuse_weighted_alias),
    Rule("lambda_svc._put_provisioned_concurrency", refuse_unpublished),
    Rule("lambda_svc._get_provisioned_concurrency", list_all),
)
