"""The ministack these rules were written for: its version, and the functions they surround."""

import importlib
import importlib.metadata
import inspect

from problem import Problem

VERSION = "1.5.33"

_MODULES = {
    "app": "ministack.app",
    "ecr": "ministack.services.ecr",
    "iam_actions": "ministack.core.iam_actions",
    "lambda_runtime": "ministack.core.lambda_runtime",
    "lambda_svc": "ministack.services.lambda_svc",
    "sts": "ministack.services.sts",
}

FUNCTIONS = {
    "app._dispatch_service_request": "method, path, headers, body, query_params, request_id",
    "app._handle_s3_vhost_request": "host, path, method, headers, body, query_params",
    "app._handle_pre_body_request": "method, path, headers, query_params, request_id",
    "ecr._describe_images": "data",
    "iam_actions.extract_iam_action": "service, method, path, headers, body, query_params",
    "iam_actions.extract_resource_arn": (
        "service, method, path, headers, body, query_params, region, account_id"
    ),
    "lambda_runtime._worker_key": "func_name, config, qualifier",
    "sts.handle_request": "method, path, headers, body, query_params",
    "lambda_svc.handle_request": "method, path, headers, body, query_params",
    "lambda_svc._schedule_state_transition": "func_name, delay",
    "lambda_svc._create_function": "data",
    "lambda_svc._update_code": "name, data",
    "lambda_svc._update_config": "name, data",
    "lambda_svc._publish_version": "name, data",
    "lambda_svc._snapstart_provision_version_async": "name, ver_record",
    "lambda_svc._create_alias": "func_name, data",
    "lambda_svc._update_alias": "func_name, alias_name, data",
    "lambda_svc._delete_alias": "func_name, alias_name",
    "lambda_svc._get_function": "name, qualifier",
    "lambda_svc._get_function_config": "name, qualifier",
    "lambda_svc._list_versions": "name, query_params",
    "lambda_svc._list_functions": "query_params",
    "lambda_svc.serve_function_code": "func_name, account_id, region",
    "lambda_svc._invoke": "name, event, headers, path_qualifier, query_params",
    "lambda_svc._execute_function_with_config_scope": "func, event",
    "lambda_svc.invoke_async_with_retry": "func, event",
    "lambda_svc.invalidate_worker": "func_name, qualifier, account, region",
    "lambda_svc._check_revision": "current, data",
    "lambda_svc._get_account_settings": "",
    "lambda_svc._add_permission": "func_name, data, query_params, path_qualifier",
    "lambda_svc._remove_permission": "func_name, sid, query_params, path_qualifier",
    "lambda_svc._get_policy": "func_name, query_params, path_qualifier",
    "lambda_svc._get_provisioned_concurrency": "func_name, qualifier",
    "lambda_svc._put_provisioned_concurrency": "func_name, qualifier, data",
    "lambda_svc._put_function_concurrency": "func_name, data",
    "lambda_svc._tag_resource": "resource_arn, data",
    "lambda_svc._untag_resource": "resource_arn, query_params",
    "lambda_svc._get_provisioned_concurrency": "func_name, qualifier",
    "lambda_svc._delete_provisioned_concurrency": "func_name, qualifier",
    "lambda_svc._fetch_code_from_s3": "bucket, key, version_id",
    "lambda_svc.s3_code_region_message": "bucket, layer",
}

_ADVICE = f"Install ministack {VERSION}, or read every rule in dev/emulator against the other one."


def refuse_unknown():
    _refuse_other_version()
    for name, parameters in FUNCTIONS.items():
        _refuse_changed(name, parameters)


def module_and_name(function):
    module, name = function.split(".")
    return importlib.import_module(_MODULES[module]), name


def _refuse_other_version():
    try:
        installed = importlib.metadata.version("ministack")
    except importlib.metadata.PackageNotFoundError:
        raise Problem(f"This Python has no ministack. {_ADVICE}") from None
    if installed != VERSION:
        other = f"The emulator knows ministack {VERSION}, and {installed} is installed."
        raise Problem(f"{other} {_ADVICE}")


def _refuse_changed(function, parameters):
    module, name = module_and_name(function)
    found = getattr(module, name, None)
    if found is None:
        raise Problem(f"This ministack has no {function}. {_ADVICE}")
    if ", ".join(inspect.signature(found).parameters) != parameters:
        raise Problem(f"This ministack's {function} does not take ({parameters}). {_ADVICE}")
