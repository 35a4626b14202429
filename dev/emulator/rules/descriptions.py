"""How GetFunction and the lists describe functions, versions and aliases."""

import functions
from answers import content, json_answer, not_found, ok
from rules.states import without_states
from surround import Rule


def describe_qualifier(get_function, name, qualifier=None):
    # AWS: GetFunction of a version or an alias describes that version under the ARN asked for,
    # links to that version's package, and leaves out the function's reserved concurrency.
    function = functions.record(name)
    if function is None or not functions.described_by(function, qualifier):
        return _no_such_function(name, qualifier)
    answer = content(get_function(name, qualifier))
    if qualifier:
        answer.pop("Concurrency", None)
        answer["Configuration"]["FunctionArn"] = functions.arn(name, qualifier)
    _link_to_version(answer["Code"], name, functions.version_of(function, qualifier))
    return json_answer(answer)


def configuration_of_qualifier(get_function_config, name, qualifier=None):
    # AWS: GetFunctionConfiguration is the Configuration of GetFunction.
    function = functions.record(name)
    if function is None or not functions.described_by(function, qualifier):
        return _no_such_function(name, qualifier)
    configuration = content(get_function_config(name, qualifier))
    return json_answer({**configuration, "FunctionArn": functions.arn(name, qualifier)})


def serve_version(serve_function_code, func_name, account_id=None, region=None):
    """The other end of the link: the package of the version in it."""
    name, _, version = func_name.partition(":")
    if version in ("", "$LATEST"):
        return serve_function_code(name, account_id, region)
    function = functions.record_in(account_id, region, name)
    published = function and function["versions"].get(version)
    if not published:
        return 404, {"Content-Type": "text/plain"}, b"Function not found"
    return 200, {"Content-Type": "application/zip"}, published["code_zip"]


def list_without_states(list_functions, query_params):
    # AWS: the lists leave out State and LastUpdateStatus.
    answer = content(list_functions(query_params))
    listed = [without_states(one) for one in answer["Functions"]]
    return json_answer({**answer, "Functions": listed})


def list_qualified(list_versions, name, query_params):
    # AWS: as in every list, no states; and $LATEST stands under its qualified ARN.
    answer = list_versions(name, query_params)
    if not ok(answer):
        return answer
    answer = content(answer)
    listed = [_listed(name, one) for one in answer["Versions"]]
    return json_answer({**answer, "Versions": listed})


def _listed(name, configuration):
    qualified = functions.arn(name, configuration["Version"])
    return {**without_states(configuration), "FunctionArn": qualified}


def _link_to_version(code, name, version):
    if "Location" in code:
        code["Location"] = code["Location"].replace(f"/{name}?", f"/{name}:{version}?")


def _no_such_function(name, qualifier):
    # AWS: ResourceNotFoundException with the ARN that was asked for.
    return not_found("Function not found: " + functions.arn(name, qualifier))


RULES = (
    Rule("lambda_svc._get_function", describe_qualifier),
    Rule("lambda_svc._get_function_config", configuration_of_qualifier),
    Rule("lambda_svc.serve_function_code", serve_version),
    Rule("lambda_svc._list_functions", list_without_states),
    Rule("lambda_svc._list_versions", list_qualified),
)
