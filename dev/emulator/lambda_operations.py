"""Which operation of the Lambda API a request is, and what it names."""

import re
from urllib.parse import unquote

import functions

_NAME = r"functions/(?P<name>[^/]+)"

# One line for each path of the API below its date: the operation of every method it takes.
_ROUTES = (
    (r"functions", {"POST": "CreateFunction", "GET": "ListFunctions"}),
    (_NAME, {"GET": "GetFunction", "DELETE": "DeleteFunction"}),
    (_NAME + r"/code", {"PUT": "UpdateFunctionCode"}),
    (
        _NAME + r"/configuration",
        {"GET": "GetFunctionConfiguration", "PUT": "UpdateFunctionConfiguration"},
    ),
    (_NAME + r"/invocations", {"POST": "Invoke"}),
    (_NAME + r"/response-streaming-invocations", {"POST": "InvokeWithResponseStream"}),
    (_NAME + r"/versions", {"POST": "PublishVersion", "GET": "ListVersionsByFunction"}),
    (_NAME + r"/aliases", {"POST": "CreateAlias", "GET": "ListAliases"}),
    (
        _NAME + r"/aliases/(?P<qualifier>[^/]+)",
        {"GET": "GetAlias", "PUT": "UpdateAlias", "DELETE": "DeleteAlias"},
    ),
    (_NAME + r"/policy", {"POST": "AddPermission", "GET": "GetPolicy"}),
    (_NAME + r"/policy/[^/]+", {"DELETE": "RemovePermission"}),
    (
        _NAME + r"/concurrency",
        {
            "GET": "GetFunctionConcurrency",
            "PUT": "PutFunctionConcurrency",
            "DELETE": "DeleteFunctionConcurrency",
        },
    ),
    (
        _NAME + r"/provisioned-concurrency",
        {
            "GET": "GetProvisionedConcurrencyConfig",
            "PUT": "PutProvisionedConcurrencyConfig",
            "DELETE": "DeleteProvisionedConcurrencyConfig",
        },
    ),
    (
        _NAME + r"/runtime-management-config",
        {"GET": "GetRuntimeManagementConfig", "PUT": "PutRuntimeManagementConfig"},
    ),
    (
        _NAME + r"/recursion-config",
        {"GET": "GetFunctionRecursionConfig", "PUT": "PutFunctionRecursionConfig"},
    ),
    (_NAME + r"/urls", {"GET": "ListFunctionUrlConfigs"}),
    (r"layers", {"GET": "GetLayerVersionByArn"}),
    (r"event-source-mappings", {"GET": "ListEventSourceMappings"}),
    (
        r"tags/(?P<name>.+)",
        {"GET": "ListTags", "POST": "TagResource", "DELETE": "UntagResource"},
    ),
    (r"account-settings", {"GET": "GetAccountSettings"}),
)

_COMPILED = tuple((re.compile(rf"/[0-9-]+/{path}/?"), operations) for path, operations in _ROUTES)

INVOCATIONS = ("Invoke", "InvokeWithResponseStream")


class Operation:
    def __init__(self, method, path, query):
        self.name, match = _match(method, path)
        if self.name == "GetProvisionedConcurrencyConfig" and "List" in query:
            self.name = "ListProvisionedConcurrencyConfigs"
        self.is_known = match is not None
        groups = match.groupdict() if match else {}
        self.function, qualifier = _split(groups.get("name"))
        named = unquote(groups.get("qualifier") or "")
        self.qualifier = qualifier or named or (query.get("Qualifier") or [None])[0]
        self.reads_only = method == "GET" or self.name in INVOCATIONS


def _split(reference):
    return functions.name_and_qualifier(reference) if reference else (None, None)


def _match(method, path):
    for pattern, operations in _COMPILED:
        match = pattern.fullmatch(path)
        if match and method in operations:
            return operations[method], match
    return f"{method} {path}", None
