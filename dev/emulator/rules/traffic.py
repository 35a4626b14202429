"""Which version answers an invocation."""

import contextvars
import random

import functions
from surround import Rule

_invoked_as = contextvars.ContextVar("invoked_as", default=None)


async def split_by_weight(invoke, name, event, headers, path_qualifier=None, query_params=None):
    # AWS: each invocation of an alias with RoutingConfig goes to the additional version with
    # the probability of its weight, else to the alias's version; X-Amz-Executed-Version tells.
    qualifier = functions.qualifier_of(path_qualifier, query_params)
    version = _drawn(functions.record(name), qualifier)
    if not version:
        return await invoke(name, event, headers, path_qualifier, query_params)
    token = _invoked_as.set(functions.arn(name, qualifier))
    try:
        return await invoke(name, event, headers, version, query_params)
    finally:
        _invoked_as.reset(token)


def keep_alias_arn(execute, func, event):
    # AWS: the code sees the alias in the ARN it was invoked by, whichever version it is.
    arn = _invoked_as.get()
    if arn:
        func = {**func, "config": {**func["config"], "FunctionArn": arn}}
    return execute(func, event)


def _drawn(function, qualifier):
    alias = function and function["aliases"].get(qualifier)
    routing = alias and alias.get("RoutingConfig")
    if not routing:
        return None
    ((additional, weight),) = routing["AdditionalVersionWeights"].items()
    return additional if random.random() < weight else alias["FunctionVersion"]


RULES = (
    Rule("lambda_svc._invoke", split_by_weight),
    Rule("lambda_svc._execute_function_with_config_scope", keep_alias_arn),
    Rule("lambda_svc.invoke_async_with_retry", keep_alias_arn),
)
