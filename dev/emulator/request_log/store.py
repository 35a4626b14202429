"""The latest requests, in the order in which they were answered."""

import collections
import itertools

_LIMIT = 100_000
_numbers = itertools.count(1)
_requests = collections.deque(maxlen=_LIMIT)


def add(request):
    _requests.append({"seq": next(_numbers), **request})


def since(seq):
    latest = itertools.takewhile(lambda request: request["seq"] > seq, reversed(_requests))
    return list(latest)[::-1]
