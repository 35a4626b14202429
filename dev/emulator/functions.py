"""Ministack's records of functions, in the account and region of the request being answered."""

from urllib.parse import unquote

from ministack.services import lambda_svc


def record(name):
    return lambda_svc._functions.get(name)


def arn(name, qualifier=None):
    return lambda_svc._func_arn(name) + (f":{qualifier}" if qualifier else "")


def name_and_qualifier(reference):
    """The parts of a name, a partial ARN or an ARN, as it stands in a request's path."""
    return lambda_svc._resolve_request_scoped_name_and_qualifier(unquote(reference))


def qualifier_of(path_qualifier, query_params):
    """The qualifier of a request, which stands behind the name or in the query."""
    return lambda_svc._qualifier_from_path_or_query(path_qualifier, query_params)


def version_of(function, qualifier):
    """The version a qualifier stands for: the alias's version, the version itself, or $LATEST."""
    alias = function["aliases"].get(qualifier)
    return alias["FunctionVersion"] if alias else qualifier or "$LATEST"


def described_by(function, qualifier):
    """The record that holds the code and configuration of a qualifier, or None."""
    version = version_of(function, qualifier)
    return function if version == "$LATEST" else function["versions"].get(version)


def record_in(account, region, name):
    return lambda_svc._functions.get_scoped(account, region, name)


def date_versions(account, modified):
    """Says of all versions in an account when they were made."""
    for scope, function in list(lambda_svc._functions._data.items()):
        if scope[0] == account:
            for version in function["versions"].values():
                version["config"]["LastModified"] = modified
