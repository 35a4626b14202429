"""What an account has of concurrency in a region, and what its functions keep of it."""

from ministack.services import lambda_svc

# AWS: a new account may have less, and a region of it raises the number on request.
QUOTA = 1000

# AWS: "Lambda reserves 100 units of concurrency for functions that don't reserve any".
LEAST_UNRESERVED = 100


def unreserved():
    records = [lambda_svc._functions[name] for name in lambda_svc._functions.keys()]
    return QUOTA - sum(map(taken, records))


def taken(function):
    """What a function keeps from others: what is provisioned is a part of what is reserved."""
    return max(function.get("concurrency") or 0, provisioned(function))


def provisioned(function):
    """What versions and aliases of a function have together."""
    configs = function.get("provisioned_concurrency", {}).values()
    return sum(config["RequestedProvisionedConcurrentExecutions"] for config in configs)
