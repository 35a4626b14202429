"""The bodies of requests, as far as they can be read."""

import json


def of_json(body):
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
