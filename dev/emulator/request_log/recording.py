"""Records every request to Lambda, STS, S3 and ECR, with what became of it."""

import re
import time

from answers import content, ok
from ministack import app
from ministack.core.responses import get_account_id
from request_log import ecr_requests, lambda_requests, s3_requests, store, sts_calls
from surround import Rule

_DESCRIBE = {
    "lambda": lambda_requests.describe,
    "sts": sts_calls.describe,
    "s3": s3_requests.describe,
    "ecr": ecr_requests.describe,
}


async def record(dispatch, method, path, headers, body, query_params, request_id):
    routing = app._routing_params(method, path, headers, body, query_params)
    service = app.detect_service(method, path, headers, routing)
    arrived = _arrived(headers)
    answer = await dispatch(method, path, headers, body, query_params, request_id)
    if service in _DESCRIBE:
        described = _DESCRIBE[service](method, path, headers, body, query_params)
        _add(arrived, service, {**described, **_provisioned(described, answer)}, answer)
    return answer


async def record_virtual_host(handle, host, path, method, headers, body, query_params):
    """S3 by `bucket.host`; None is the answer for a host that is no bucket's."""
    arrived = _arrived(headers)
    answer = await handle(host, path, method, headers, body, query_params)
    if answer is not None:
        bucket = app._extract_s3_vhost_bucket(host)
        described = s3_requests.describe(method, f"/{bucket}{path}", headers, body, query_params)
        _add(arrived, "s3", described, answer)
    return answer


def _arrived(headers):
    """Taken before the request is handled: S3 goes over to the account that owns the bucket."""
    return {
        "at": int(time.time() * 1000),
        "account": get_account_id(),
        "region": app.extract_region(headers),
    }


def _add(arrived, service, described, answer):
    outcome = {"status": answer[0], "error": _error(answer), **_invocation(arrived, answer)}
    store.add({**arrived, "service": service, **described, **outcome})


def _invocation(arrived, answer):
    """What AWS says of an invocation that took place: which version answered, and whether well."""
    headers = answer[1]
    if "X-Amz-Executed-Version" not in headers:
        return {}
    return {
        "invocation": {
            "version": headers["X-Amz-Executed-Version"],
            "failed": "X-Amz-Function-Error" in headers,
            "ms": int(time.time() * 1000) - arrived["at"],
        }
    }


def _provisioned(described, answer):
    """What AWS says of provisioned concurrency: IN_PROGRESS, READY or FAILED."""
    if described["operation"] != "GetProvisionedConcurrencyConfig" or not ok(answer):
        return {}
    return {"provisioned": content(answer)["Status"]}


def _error(answer):
    status, headers, body = answer
    if status < 400:
        return None
    named = headers.get("x-amzn-errortype")
    found = re.search(rb"<Code>([^<]+)</Code>", body or b"")
    return named or (found.group(1).decode() if found else f"HTTP {status}")


RULES = (
    Rule("app._dispatch_service_request", record),
    Rule("app._handle_s3_vhost_request", record_virtual_host),
)
