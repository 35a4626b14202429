"""The parameters of a request to STS, which come as a form, as JSON or in the query."""

import json
from urllib.parse import parse_qs


def parameters(headers, body, query):
    found = {key: values[0] for key, values in query.items()}
    target = headers.get("x-amz-target", "")
    if target:
        return {**found, **_json(body), "Action": target.rsplit(".", 1)[-1]}
    form = parse_qs(body.decode("utf-8", errors="replace"))
    return {**found, **{key: values[0] for key, values in form.items()}}


def _json(body):
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return {}
