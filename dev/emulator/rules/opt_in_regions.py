"""Regions that an account has only once it has enabled them."""

import accounts
from answers import refuse
from ministack.core.responses import error_response_json, get_account_id, get_region
from ministack.services import iam
from surround import Rule

_MESSAGE = "The security token included in the request is invalid."


async def refuse_to_sts(handle_request, method, path, headers, body, query_params):
    # AWS: 403 InvalidClientTokenId of the STS of a region that the caller's account has not.
    if accounts.has_region(get_account_id(), get_region()):
        return await handle_request(method, path, headers, body, query_params)
    if headers.get("x-amz-target"):
        return error_response_json("InvalidClientTokenId", _MESSAGE, 403)
    return iam._error(403, "InvalidClientTokenId", _MESSAGE, ns="sts")


async def refuse_to_lambda(handle_request, method, path, headers, body, query_params):
    # AWS: 403 UnrecognizedClientException, of an account as of its roles.
    if accounts.has_region(get_account_id(), get_region()):
        return await handle_request(method, path, headers, body, query_params)
    return refuse(403, "UnrecognizedClientException", _MESSAGE)


RULES = (
    Rule("sts.handle_request", refuse_to_sts),
    Rule("lambda_svc.handle_request", refuse_to_lambda),
)
