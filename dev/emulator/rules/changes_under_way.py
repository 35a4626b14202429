"""What AWS refuses while a function is being created or updated."""

import functions
from answers import refuse
from lambda_operations import Operation
from rules.states import is_pending, is_under_way
from surround import Rule

_CHANGES = ("UpdateFunctionCode", "UpdateFunctionConfiguration", "PublishVersion")


async def refuse_overlapping_changes(handle_request, method, path, headers, body, query_params):
    # AWS: 409 ResourceConflictException for a change of a function that is Pending or whose
    # LastUpdateStatus is InProgress; TagResource too while an update is in progress.
    operation = Operation(method, path, query_params)
    function = functions.record(operation.function)
    if function:
        answer = _conflict(operation, function["config"])
        if answer:
            return answer
    return await handle_request(method, path, headers, body, query_params)


async def refuse_pending(invoke, name, event, headers, path_qualifier=None, query_params=None):
    # AWS: 409 ResourceConflictException when a function or version that is Pending is invoked.
    function = functions.record(name)
    qualifier = functions.qualifier_of(path_qualifier, query_params)
    described = function and functions.described_by(function, qualifier)
    if described and is_pending(described["config"]):
        return _pending()
    return await invoke(name, event, headers, path_qualifier, query_params)


def _conflict(operation, configuration):
    if operation.name in _CHANGES and is_pending(configuration):
        return _pending()
    if operation.name in (*_CHANGES, "TagResource") and is_under_way(configuration):
        arn = functions.arn(operation.function)
        return _refused(f"An update is in progress for resource: {arn}")
    return None


def _pending():
    return _refused("The function is currently in the following state: Pending")


def _refused(why):
    message = f"The operation cannot be performed at this time. {why}"
    return refuse(409, "ResourceConflictException", message)


RULES = (
    Rule("lambda_svc.handle_request", refuse_overlapping_changes),
    Rule("lambda_svc._invoke", refuse_pending),
)
