"""Reading and writing the answers of ministack's handlers: (status, headers, body)."""

import json

from ministack.core.responses import error_response_json, json_response


def refuse(status, code, message):
    """An error as the Lambda API words it."""
    key = "Message" if code == "ResourceNotFoundException" else "message"
    return error_response_json(
        code, message, status, {"Type": "User"}, message_key=key, content_type="application/json"
    )


def invalid_parameter(message):
    return refuse(400, "InvalidParameterValueException", message)


def invalid_request(message):
    """A value outside its documented form, which AWS refuses before it looks at the resource."""
    return refuse(400, "ValidationException", f"1 validation error detected: {message}")


def not_found(message):
    return refuse(404, "ResourceNotFoundException", message)


def ok(answer):
    return answer[0] < 300


def content(answer):
    return json.loads(answer[2])


def json_answer(value, status=200):
    return json_response(value, status, content_type="application/json")
