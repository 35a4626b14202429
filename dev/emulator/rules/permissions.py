"""Resource policies, and the revisions they change."""

import json

import functions
from answers import content, json_answer, not_found, ok
from ministack.core.responses import new_uuid
from ministack.services import lambda_svc
from surround import Rule


def revise_on_add(add_permission, func_name, data, query_params=None, path_qualifier=None):
    # AWS: adding a permission takes a RevisionId as precondition, and gives what it was added
    # to ($LATEST when unqualified, else the version or alias) a new revision.
    revised = _revised(func_name, query_params, path_qualifier)
    refused = revised and lambda_svc._check_revision(revised, data)
    answer = refused or add_permission(func_name, data, query_params, path_qualifier)
    return _revise(revised, answer)


def revise_on_remove(remove_permission, func_name, sid, query_params, path_qualifier=None):
    # AWS: as for adding one; the RevisionId is in the query.
    revised = _revised(func_name, query_params, path_qualifier)
    precondition = {key: query_params[key][0] for key in ("RevisionId",) if key in query_params}
    refused = revised and lambda_svc._check_revision(revised, precondition)
    answer = refused or remove_permission(func_name, sid, query_params, path_qualifier)
    return _revise(revised, answer)


def policy_of_qualifier(get_policy, func_name, query_params=None, path_qualifier=None):
    # AWS: the policy is that of the qualifier alone, with its revision; without statements
    # there is none, and GetPolicy answers ResourceNotFoundException.
    answer = get_policy(func_name, query_params, path_qualifier)
    if not ok(answer):
        return answer
    policy = json.loads(content(answer)["Policy"])
    arn = functions.arn(func_name, functions.qualifier_of(path_qualifier, query_params))
    policy["Statement"] = [one for one in policy["Statement"] if one["Resource"] == arn]
    if not policy["Statement"]:
        return not_found("The resource you requested does not exist.")
    revision = _revised(func_name, query_params, path_qualifier)["RevisionId"]
    return json_answer({"Policy": json.dumps(policy), "RevisionId": revision})


def _revised(name, query_params, path_qualifier):
    function = functions.record(name)
    qualifier = functions.qualifier_of(path_qualifier, query_params)
    if function is None or qualifier in function["aliases"]:
        return function and function["aliases"][qualifier]
    described = functions.described_by(function, qualifier)
    return described and described["config"]


def _revise(revised, answer):
    if ok(answer):
        revised["RevisionId"] = new_uuid()
    return answer


RULES = (
    Rule("lambda_svc._add_permission", revise_on_add),
    Rule("lambda_svc._remove_permission", revise_on_remove),
    Rule("lambda_svc._get_policy", policy_of_qualifier),
)
