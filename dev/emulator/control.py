"""The emulator's own paths, which are no part of AWS: not recorded, and not limited."""

import accounts
import clock
import functions
import settings
from answers import json_answer
from problem import Problem
from request_log import store
from surround import Rule


async def answer_control(handle, method, path, headers, query_params, request_id):
    if not path.startswith("/_sluice/"):
        return await handle(method, path, headers, query_params, request_id)
    route = _ROUTES.get((method, path))
    return route(query_params) if route else json_answer({"message": f"No {method} {path}."}, 404)


def _requests(query):
    """GET ?since=N: the requests recorded after the N-th, and the number to ask with next."""
    since = int(query.get("since", ["0"])[0])
    requests = store.since(since)
    return json_answer({"next": requests[-1]["seq"] if requests else since, "requests": requests})


def _today(query):
    """POST ?date=YYYY-MM-DD: which runtimes are blocked; an empty date is that of the start."""
    text = query.get("date", [""])[0]
    try:
        clock.set_today(settings.date("date", text) if text else settings.today())
    except Problem as problem:
        return json_answer({"message": str(problem)}, 400)
    return json_answer({"today": clock.today().isoformat()})


def _code_storage(query):
    """POST ?account=A&bytes=N: the quota of an account for code, in each region."""
    account, size = query["account"][0], int(query["bytes"][0])
    accounts.set_code_storage(account, size)
    return json_answer({"account": account, "bytes": size})


def _without_region(query):
    """POST ?account=A&region=R: the account has not enabled the region."""
    account, region = query["account"][0], query["region"][0]
    accounts.disable_region(account, region)
    return json_answer({"account": account, "without": region})


def _changes(query):
    """POST ?account=A&held=true: what is created or updated stays so, until held=false."""
    account, held = query["account"][0], query["held"][0] == "true"
    change = accounts.hold_changes if held else accounts.let_changes_end
    change(account)
    return json_answer({"account": account, "held": held})


def _provisioning(query):
    """POST ?account=A&fails=REASON: provisioned concurrency cannot be allocated; empty: it can."""
    account, reason = query["account"][0], query.get("fails", [""])[0]
    accounts.let_provisioning_fail(account, reason)
    return json_answer({"account": account, "fails": reason})


def _snapshots(query):
    """POST ?account=A&held=true: versions with SnapStart stay Pending, until held=false.

    With held=false&reason=R those that wait fail, because of R.
    """
    account, held = query["account"][0], query["held"][0] == "true"
    if held:
        accounts.hold_snapshots(account)
    else:
        accounts.let_snapshots_end(account, query.get("reason", [None])[0])
    return json_answer({"account": account, "held": held})


def _aged(query):
    """POST ?account=A&date=YYYY-MM-DD: when the versions that the account has now were made."""
    account, date = query["account"][0], query["date"][0]
    functions.date_versions(account, f"{date}T00:00:00.000+0000")
    return json_answer({"account": account, "date": date})


_ROUTES = {
    ("GET", "/_sluice/requests"): _requests,
    ("POST", "/_sluice/today"): _today,
    ("POST", "/_sluice/code-storage"): _code_storage,
    ("POST", "/_sluice/without-region"): _without_region,
    ("POST", "/_sluice/changes"): _changes,
    ("POST", "/_sluice/provisioning"): _provisioning,
    ("POST", "/_sluice/snapshots"): _snapshots,
    ("POST", "/_sluice/aged"): _aged,
}

RULES = (Rule("app._handle_pre_body_request", answer_control),)
