"""Which action on which resource a request needs, where ministack asks the policies (AUTH=true)."""

import json

from lambda_operations import INVOCATIONS, Operation
from surround import Rule


def name_the_action(extract_iam_action, service, method, path, headers, body, query_params):
    # AWS: the action is the operation's name. Ministack takes some of them for others.
    found = extract_iam_action(service, method, path, headers, body, query_params)
    operation = Operation(method, path, query_params)
    if service != "lambda" or not operation.is_known:
        return found
    return "lambda:InvokeFunction" if operation.name in INVOCATIONS else f"lambda:{operation.name}"


def name_the_resource(
    extract_resource_arn, service, method, path, headers, body, query_params, region, account_id
):
    # AWS: CreateFunction is allowed on the function that it names, though its path names none; and
    # what asks for a version or an alias, on that version or alias. A simulation of policies is
    # allowed on the role or user whose policies they are.
    found = extract_resource_arn(
        service, method, path, headers, body, query_params, region, account_id
    )
    if service == "iam":
        return (query_params.get("PolicySourceArn") or [found])[0]
    if service != "lambda":
        return found
    if Operation(method, path, query_params).name == "CreateFunction":
        return f"arn:aws:lambda:{region}:{account_id}:function:{_name_in(body)}"
    qualifier = (query_params.get("Qualifier") or [""])[0]
    return f"{found}:{qualifier}" if qualifier else found


def _name_in(body):
    try:
        return json.loads(body).get("FunctionName", "")
    except (ValueError, AttributeError):
        return ""


RULES = (
    Rule("iam_actions.extract_iam_action", name_the_action),
    Rule("iam_actions.extract_resource_arn", name_the_resource),
)
