"""Settings that have parts: what AWS completes, what it refuses, and what it reports as not set."""

import functions
from answers import invalid_parameter, invalid_request, json_answer, ok
from surround import Rule

# AWS: the valid values of the members in the API reference.
_WORDS = {
    ("TracingConfig", "Mode"): ("Active", "PassThrough"),
    ("LoggingConfig", "LogFormat"): ("JSON", "Text"),
    ("LoggingConfig", "ApplicationLogLevel"): ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
    ("LoggingConfig", "SystemLogLevel"): ("DEBUG", "INFO", "WARN"),
}
_LEVELS = ("ApplicationLogLevel", "SystemLogLevel")
_NO_VPC = {"SubnetIds": [], "SecurityGroupIds": [], "Ipv6AllowedForDualStack": False}
_EPHEMERAL_MEGABYTES = (512, 10240)
_LONGEST_DESCRIPTION = 256


def create_with_defaults(create_function, data):
    refused = _refuse(data, {})
    whole = {"VpcConfig": {}, "LoggingConfig": {}, **data}
    return refused or create_function(_completed(whole, data.get("FunctionName")))


def update_with_defaults(update_config, name, data):
    function = functions.record(name)
    if function is None:
        return update_config(name, data)
    refused = _refuse(data, function["config"])
    if refused:
        return refused
    answer = update_config(name, _completed(data, name))
    if not ok(answer):
        return answer
    configuration = function["config"]
    # AWS: a function without a dead-letter queue has no DeadLetterConfig.
    if not (configuration.get("DeadLetterConfig") or {}).get("TargetArn"):
        configuration.pop("DeadLetterConfig", None)
    return json_answer(configuration)


def _completed(data, name):
    completed = dict(data)
    if "VpcConfig" in data:
        completed["VpcConfig"] = {**_NO_VPC, **data["VpcConfig"]}
    if "LoggingConfig" in data:
        completed["LoggingConfig"] = _logging(data["LoggingConfig"], name)
    return completed


def _logging(given, name):
    # AWS: the format Text and the function's own log group; with JSON the level INFO.
    logging = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}", **given}
    levels = {level: "INFO" for level in _LEVELS} if logging["LogFormat"] == "JSON" else {}
    return {**levels, **logging}


def _refuse(data, present):
    return (
        _refuse_form(data)
        or _refuse_levels(data.get("LoggingConfig") or {})
        or _refuse_network(data.get("VpcConfig") or {})
        or _refuse_together({**present, **data})
    )


def _refuse_form(data):
    # AWS: ValidationException for what is outside its documented form.
    for (setting, member), words in _WORDS.items():
        value = (data.get(setting) or {}).get(member)
        if value is not None and value not in words:
            return invalid_request(
                f"Value '{value}' at '{setting}.{member}' failed to satisfy constraint: "
                f"Member must satisfy enum value set: [{', '.join(words)}]"
            )
    least, most = _EPHEMERAL_MEGABYTES
    if not least <= (data.get("EphemeralStorage") or {}).get("Size", least) <= most:
        return invalid_request(f"EphemeralStorage.Size must be from {least} to {most}")
    if len(data.get("Description") or "") > _LONGEST_DESCRIPTION:
        return invalid_request(
            f"Description must have a length of at most {_LONGEST_DESCRIPTION}"
        )
    return None


def _refuse_levels(logging):
    # AWS: levels filter logs of the format JSON only.
    if logging.get("LogFormat", "Text") == "Text" and any(level in logging for level in _LEVELS):
        return invalid_parameter("Log levels are only supported with the JSON log format.")
    return None


def _refuse_network(network):
    # AWS: subnets and security groups are both given, or both left out.
    if bool(network.get("SubnetIds")) != bool(network.get("SecurityGroupIds")):
        return invalid_parameter("SubnetIds and SecurityIds must coexist or be both empty list.")
    return None


def _refuse_together(effective):
    if not effective.get("FileSystemConfigs"):
        return None
    # AWS: a file system is reached from a VPC, and SnapStart has none.
    if not (effective.get("VpcConfig") or {}).get("SubnetIds"):
        return invalid_parameter("Function must be configured to execute in a VPC to use EFS.")
    if (effective.get("SnapStart") or {}).get("ApplyOn") == "PublishedVersions":
        return invalid_parameter("SnapStart is not supported with EFS.")
    return None


RULES = (
    Rule("lambda_svc._create_function", create_with_defaults),
    Rule("lambda_svc._update_config", update_with_defaults),
)
