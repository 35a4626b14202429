"""The parameters of a request to STS, which come as a form, as JSON or in the query."""

from urllib.parse import parse_qs

import bodies


def parameters(headers, body, query):
    found = {key: values[0] for key, values in query.items()}
    target = headers.get("x-amz-target", "")
    if target:
        return {**found, **bodies.of_json(body), "Action": target.rsplit(".", 1)[-1]}
    form = parse_qs(body.decode("utf-8", errors="replace"))
    return {**found, **{key: values[0] for key, values in form.items()}}
