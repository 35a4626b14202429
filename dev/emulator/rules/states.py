"""The states a function and its versions go through, as AWS reports them."""

import contextvars

import accounts
import functions
import settings
from answers import json_answer, ok
from ministack import app
from ministack.core.responses import get_account_id, new_uuid
from rules import environments
from surround import Rule

_FIELDS = tuple(
    field + part for field in ("State", "LastUpdateStatus") for part in ("", "Reason", "ReasonCode")
)
_BEING_CREATED = "The function is being created."


def is_under_way(configuration):
    return configuration.get("LastUpdateStatus") == "InProgress"


def is_pending(configuration):
    return configuration.get("State") == "Pending"


def mark_creating(configuration):
    # AWS: no LastUpdateStatus until the creation is complete.
    _mark(configuration, State="Pending", StateReason=_BEING_CREATED, StateReasonCode="Creating")


def _mark_updating(configuration):
    # AWS really says "created" and "Creating" of updates as well.
    _mark(
        configuration,
        State="Active",
        LastUpdateStatus="InProgress",
        LastUpdateStatusReason=_BEING_CREATED,
        LastUpdateStatusReasonCode="Creating",
    )


def _mark_ready(configuration):
    _mark(configuration, State="Active", LastUpdateStatus="Successful")


def _mark(configuration, **fields):
    for field in _FIELDS:
        configuration.pop(field, None)
    configuration.update(fields)


def without_states(configuration):
    return {key: value for key, value in configuration.items() if key not in _FIELDS}


def pend_while_created(create_function, data):
    # AWS: a new function is Pending, and answers that way to CreateFunction.
    answer = create_function(data)
    if not ok(answer):
        return answer
    configuration = functions.record(data["FunctionName"])["config"]
    mark_creating(configuration)
    return json_answer(configuration, 201)


def stay_active_while_updated(update, name, data):
    # AWS: an update of an existing function leaves State at Active; only LastUpdateStatus
    # says InProgress.
    answer = update(name, data)
    if not ok(answer):
        return answer
    configuration = functions.record(name)["config"]
    _mark_updating(configuration)
    return json_answer(configuration)


def complete_later(_ministacks, func_name, _delay):
    """Takes the place of ministack's timer, whose thread could complete a later change as well."""
    function = functions.record(func_name)
    function["change"] = change = function.get("change", 0) + 1
    context = contextvars.copy_context()
    account = get_account_id()

    def begin_to_end(loop):
        loop.call_later(
            settings.update_seconds(), _complete, func_name, function, change, context=context
        )

    def arm(loop):
        accounts.when_changes_may_end(account, lambda: begin_to_end(loop))

    # CloudFormation calls from threads of its own.
    app._MAIN_LOOP.call_soon_threadsafe(arm, app._MAIN_LOOP)


def _complete(name, function, change):
    if function["change"] != change:
        return
    for configuration in _being_changed(function):
        _mark_ready(configuration)
    # AWS: $LATEST has a new revision when a creation or an update completes.
    function["config"]["RevisionId"] = new_uuid()
    environments.serve_current(name, function)


def _being_changed(function):
    yield function["config"]
    for version in function["versions"].values():
        configuration = version["config"]
        # A version with SnapStart is pending until its snapshot is made, which ministack times.
        if is_pending(configuration) and configuration["SnapStart"]["OptimizationStatus"] != "On":
            yield configuration


RULES = (
    Rule("lambda_svc._schedule_state_transition", complete_later),
    Rule("lambda_svc._create_function", pend_while_created),
    Rule("lambda_svc._update_code", stay_active_while_updated),
    Rule("lambda_svc._update_config", stay_active_while_updated),
)
