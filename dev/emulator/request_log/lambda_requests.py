"""What a request to Lambda asked for, without code and secrets."""

import bodies
from lambda_operations import INVOCATIONS, Operation


def describe(method, path, headers, body, query):
    operation = Operation(method, path, query)
    if operation.name in INVOCATIONS:
        parameters = {"InvocationType": headers.get("x-amz-invocation-type"), "Payload": len(body)}
    else:
        parameters = {**_flat(query), **_shown(bodies.of_json(body))}
    return {
        "operation": operation.name,
        "mutation": not operation.reads_only and not parameters.get("DryRun"),
        "resource": operation.function or parameters.get("FunctionName"),
        "qualifier": operation.qualifier or _new_alias(operation, parameters),
        "parameters": parameters,
    }


def _new_alias(operation, parameters):
    return parameters.get("Name") if operation.name == "CreateAlias" else None


def _flat(query):
    return {key: values[0] if len(values) == 1 else values for key, values in query.items()}


def _shown(parameters):
    """A package is shown as its size in bytes, an environment without its values."""
    shown = dict(parameters)
    if "Code" in shown:
        shown["Code"] = _shown(shown["Code"])
    if "ZipFile" in shown:
        shown["ZipFile"] = _decoded_size(shown["ZipFile"])
    variables = (shown.get("Environment") or {}).get("Variables")
    if variables:
        shown["Environment"] = {"Variables": {name: "***" for name in variables}}
    return shown


def _decoded_size(base64):
    return len(base64) * 3 // 4 - base64[-2:].count("=")
