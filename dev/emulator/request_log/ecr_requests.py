"""What a request to ECR asked for, without manifests."""

import json

_READS = ("Describe", "List", "Get", "BatchGet", "BatchCheck")


def describe(_method, _path, headers, body, _query):
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    parameters = _json(body)
    parameters.pop("imageManifest", None)
    return {
        "operation": operation,
        "mutation": not operation.startswith(_READS),
        "resource": parameters.get("repositoryName"),
        "qualifier": None,
        "parameters": parameters,
    }


def _json(body):
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
