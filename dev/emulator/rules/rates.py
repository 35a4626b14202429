"""How many requests a second the Lambda API takes, for each account and region."""

import time

import settings
from answers import json_answer
from lambda_operations import INVOCATIONS, Operation
from ministack.core.responses import get_account_id, get_region
from surround import Rule

_POOLED = settings.pooled_rate()
_RATES = {"GetFunction": 100, "GetPolicy": 15}
_buckets = {}


class Bucket:
    """Holds what one second allows, and fills at that rate."""

    def __init__(self, rate):
        self._rate = rate
        self._tokens = rate
        self._filled = time.monotonic()

    def take(self):
        now = time.monotonic()
        self._tokens = min(self._rate, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


async def limit_requests(handle_request, method, path, headers, body, query_params):
    # AWS: GetFunction 100 requests a second, GetPolicy 15, the rest of the control plane 15
    # together, for each account and region; beyond that 429 TooManyRequestsException,
    # "Rate exceeded". Invocations have limits of their own.
    operation = Operation(method, path, query_params).name
    if operation in INVOCATIONS or _bucket(operation).take():
        return await handle_request(method, path, headers, body, query_params)
    return _rate_exceeded()


def _bucket(operation):
    pool = operation if operation in _RATES else "the rest"
    key = (get_account_id(), get_region(), pool)
    if key not in _buckets:
        _buckets[key] = Bucket(_RATES.get(operation, _POOLED))
    return _buckets[key]


def _rate_exceeded():
    body = {"Reason": "CallerRateLimitExceeded", "Type": "User", "message": "Rate exceeded"}
    status, headers, content = json_answer(body, 429)
    return status, {**headers, "x-amzn-errortype": "TooManyRequestsException"}, content


RULES = (Rule("lambda_svc.handle_request", limit_requests),)
