"""Ministack's container images, and who may see those of another account."""

import json
import re

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import ecr

_URI = re.compile(
    r"(?P<registry>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?P<repository>[^:@]+)"
    r"(:(?P<tag>[^@]+)|@(?P<digest>sha256:[0-9a-f]{64}))"
)


class Address:
    """Where an image lies."""

    def __init__(self, match):
        self.registry = match["registry"]
        self.region = match["region"]
        self.repository = match["repository"]
        wanted = {"imageTag": match["tag"], "imageDigest": match["digest"]}
        self.image_id = {key: value for key, value in wanted.items() if value}


def address(uri):
    """None where it is no address of an image."""
    match = _URI.fullmatch(uri)
    return match and Address(match)


def image(address):
    """Ministack's record of it, in whichever account it lies; None where there is none."""
    with request_scope(address.registry, address.region):
        return ecr._find_image(address.repository, address.image_id)


def may(action, registry, repository):
    """Whether the caller may do this with a repository of an account: another's has to allow it."""
    caller = get_account_id()
    if registry == caller:
        return True
    with request_scope(registry, get_region()):
        policy = json.loads(ecr._repo_policies.get(repository) or "{}")
    return any(_allows(one, action, caller) for one in policy.get("Statement", ()))


def _allows(statement, action, caller):
    principal = statement.get("Principal")
    named = principal.get("AWS", ()) if isinstance(principal, dict) else principal
    named = [named] if isinstance(named, str) else named
    actions = statement.get("Action", ())
    actions = [actions] if isinstance(actions, str) else actions
    is_named = any(one in ("*", caller, f"arn:aws:iam::{caller}:root") for one in named)
    does = any(one in (action, "ecr:*", "*") for one in actions)
    return statement.get("Effect") == "Allow" and is_named and does
