"""What a request to ECR asked for, without manifests."""

import bodies

_READS = ("Describe", "List", "Get", "BatchGet", "BatchCheck")


def describe(_method, _path, headers, body, _query):
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    parameters = bodies.of_json(body)
    parameters.pop("imageManifest", None)
    return {
        "operation": operation,
        "mutation": not operation.startswith(_READS),
        "resource": parameters.get("repositoryName"),
        "qualifier": None,
        "parameters": parameters,
    }
