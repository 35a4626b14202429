"""Runtimes that AWS does not know, or no longer takes."""

import clock
import functions
from answers import invalid_parameter
from rules.runtime_dates import BLOCKED
from surround import Rule

_CREATE, _UPDATE = 0, 1


def refuse_new_function(create_function, data):
    # AWS: no new functions on a runtime once their creation is blocked.
    runtime = data.get("Runtime")
    refused = runtime and (_refuse_unknown(runtime) or _refuse_blocked(runtime, _CREATE))
    return refused or create_function(data)


def refuse_update(update, name, data):
    # AWS: functions on a runtime whose updates are blocked take neither code nor settings, until
    # the update is one to another runtime.
    function = functions.record(name)
    runtime = function and (data.get("Runtime") or function["config"].get("Runtime"))
    refused = runtime and (_refuse_unknown(runtime) or _refuse_blocked(runtime, _UPDATE))
    return refused or update(name, data)


def _refuse_unknown(runtime):
    # AWS: InvalidParameterValueException for a name that is not a runtime's.
    if runtime in BLOCKED:
        return None
    known = ", ".join(name for name in BLOCKED if not _is_blocked(name, _CREATE))
    return invalid_parameter(
        f"Value {runtime} at 'runtime' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{known}] or be a valid ARN"
    )


def _refuse_blocked(runtime, stage):
    # AWS: InvalidParameterValueException for a runtime past the date.
    if not _is_blocked(runtime, stage):
        return None
    return invalid_parameter(
        f"The runtime parameter of {runtime} is no longer supported for creating or updating AWS "
        "Lambda functions. We recommend you use a supported runtime while creating or updating "
        "functions."
    )


def _is_blocked(runtime, stage):
    return clock.today().isoformat() >= BLOCKED[runtime][stage]


RULES = (
    Rule("lambda_svc._create_function", refuse_new_function),
    Rule("lambda_svc._update_code", refuse_update),
    Rule("lambda_svc._update_config", refuse_update),
)
