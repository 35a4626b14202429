"""The trust policies of IAM roles."""

import json

from ministack.services import iam


class Role:
    """A role by its ARN; `statements` is None when the account has no such role."""

    def __init__(self, arn):
        parts = arn.split(":")
        self.arn = arn
        self.account = parts[4]
        found = iam._roles.get_scoped(self.account, None, arn.rsplit("/", 1)[-1])
        self.statements = _statements(found) if found and found["Arn"] == arn else None

    def trusts_service(self, service):
        return any(_allows_service(statement, service) for statement in self.statements or ())


def _statements(role):
    statements = json.loads(role["AssumeRolePolicyDocument"]).get("Statement", [])
    return [statements] if isinstance(statements, dict) else statements


def _allows_service(statement, service):
    principal = statement.get("Principal")
    services = principal.get("Service", []) if isinstance(principal, dict) else []
    return statement.get("Effect") == "Allow" and (principal == "*" or service in _listed(services))


def _listed(value):
    return [value] if isinstance(value, str) else value
