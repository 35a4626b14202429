"""What a request to STS asked for."""

import sts_requests


def describe(_method, _path, headers, body, query):
    parameters = sts_requests.parameters(headers, body, query)
    role = parameters.get("RoleArn")
    return {
        "operation": parameters.pop("Action", None),
        "mutation": False,
        "resource": role.rsplit("/", 1)[-1] if role else None,
        "qualifier": None,
        "parameters": parameters,
    }
