"""The processes that run a function's code, while the function changes."""

import copy
import time

import functions
from answers import ok
from ministack.core import lambda_runtime
from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, get_region
from ministack.services import lambda_svc
from surround import Rule

# AWS ends an invocation after fifteen minutes at the latest.
_LONGEST_INVOCATION_SECONDS = 900
_retiring = []


def keep_previous(update, name, data):
    # AWS: invocations go on with the previous code and configuration until an update completes.
    function = functions.record(name)
    previous = function and _code_and_configuration(function)
    answer = update(name, data)
    if ok(answer):
        function.setdefault("previous", previous)
    return answer


def serve_previous(execute, func, event):
    previous = func.get("previous")
    if previous:
        invoked_as = {"FunctionArn": func["config"]["FunctionArn"]}
        func = {**func, **previous, "config": {**previous["config"], **invoked_as}}
    return execute(func, event)


def serve_current(name, function):
    if function.pop("previous", None):
        lambda_svc.invalidate_worker(name, "$LATEST", get_account_id(), get_region())


def key_by_change(worker_key, func_name, config, qualifier):
    """An invocation that began before a change must not leave its process to those after it."""
    change = f"{config['LastModified']}:{config['CodeSha256']}"
    return f"{worker_key(func_name, config, qualifier)}:{change}"


def let_invocations_finish(_ministacks, func_name, qualifier=None, account=None, region=None):
    # AWS: an invocation under way is finished by the environment it began in, whatever becomes
    # of the function. Ministack would kill the process in the middle of it.
    wanted = (account, region, func_name, qualifier)
    with lambda_runtime._lock:
        keys = [key for key in lambda_runtime._workers if _matches(key.split(":"), wanted)]
        workers = [worker for key in keys for worker in lambda_runtime._workers.pop(key)]
    _retiring.extend(workers)
    spawn_background(_retire, workers)


def stop_all():
    lambda_runtime.kill_workers(list(_retiring))
    lambda_runtime.reset()


def _code_and_configuration(function):
    return {"config": copy.deepcopy(function["config"]), "code_zip": function.get("code_zip")}


def _matches(parts, wanted):
    return all(want is None or part == want for part, want in zip(parts, wanted))


def _retire(workers):
    deadline = time.monotonic() + _LONGEST_INVOCATION_SECONDS
    while workers:
        idle = [worker for worker in workers if not _is_busy(worker, deadline)]
        lambda_runtime.kill_workers(idle)
        for worker in idle:
            workers.remove(worker)
            _retiring.remove(worker)
        if workers:
            time.sleep(0.05)


def _is_busy(worker, deadline):
    # A worker whose process died in the middle of an invocation is never given back.
    process = worker._proc
    died = process is not None and process.poll() is not None
    return worker.in_use and not died and time.monotonic() < deadline


RULES = (
    Rule("lambda_svc._update_code", keep_previous),
    Rule("lambda_svc._update_config", keep_previous),
    Rule("lambda_svc._execute_function_with_config_scope", serve_previous),
    Rule("lambda_svc.invoke_async_with_retry", serve_previous),
    Rule("lambda_runtime._worker_key", key_by_change),
    Rule("lambda_svc.invalidate_worker", let_invocations_finish),
)
