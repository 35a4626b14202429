"""Publishing versions."""

import functions
from answers import content, invalid_parameter, json_answer, ok
from ministack.core.responses import new_uuid
from ministack.services import lambda_svc
from rules.states import is_under_way, mark_creating, without_states
from surround import Rule

# What differs between two readings of a function that nobody changed.
_NOT_SETTINGS = ("RevisionId", "LastModified", "Version", "FunctionArn")


def publish_only_changes(publish_version, name, data):
    # AWS: when code and settings are those of the latest version, PublishVersion answers with
    # that version. A new version gives $LATEST a new revision.
    function = functions.record(name)
    if function is None:
        return publish_version(name, data)
    settings = _settings(function)
    latest = _latest_version(function)
    if latest and latest["published_from"] == settings:
        return json_answer(latest["config"], 201)
    function["config"]["RevisionId"] = new_uuid()
    answer = publish_version(name, data)
    if not ok(answer):
        return answer
    version = function["versions"][content(answer)["Version"]]
    version["published_from"] = settings
    if is_under_way(version["config"]):
        # A version has no updates: it is being created.
        mark_creating(version["config"])
    return json_answer(version["config"], 201)


def refuse_other_code(publish_version, name, data):
    # AWS: InvalidParameterValueException when CodeSha256 is not that of $LATEST.
    function = functions.record(name)
    wanted = data.get("CodeSha256")
    found = function and function["config"]["CodeSha256"]
    if function and wanted and wanted != found:
        return invalid_parameter(
            f"CodeSHA256 ({wanted}) is different from current CodeSHA256 in $LATEST ({found}). "
            "Please try again with the CodeSHA256 in $LATEST."
        )
    return publish_version(name, data)


def refuse_other_revision(publish_version, name, data):
    # AWS: PreconditionFailedException when RevisionId is not that of $LATEST.
    function = functions.record(name)
    refused = function and lambda_svc._check_revision(function["config"], data)
    return refused or publish_version(name, data)


def publish_updated_code(update_code, name, data):
    # AWS: UpdateFunctionCode with Publish answers with the version, under its own ARN; it is
    # Pending while $LATEST is being updated.
    answer = update_code(name, _without_publish(data))
    if not data.get("Publish") or not ok(answer):
        return answer
    return json_answer(content(lambda_svc._publish_version(name, {})))


def publish_created_function(create_function, data):
    # AWS: CreateFunction with Publish answers with the number of the version, under the
    # function's ARN.
    answer = create_function(_without_publish(data))
    if not data.get("Publish") or not ok(answer):
        return answer
    version = content(lambda_svc._publish_version(data["FunctionName"], {}))
    return json_answer({**content(answer), "Version": version["Version"]}, 201)


def _without_publish(data):
    return {key: value for key, value in data.items() if key != "Publish"}


def _settings(function):
    settings = {
        key: value
        for key, value in without_states(function["config"]).items()
        if key not in _NOT_SETTINGS
    }
    # The key of the code counts as code does.
    return {**settings, "SourceKMSKeyArn": function.get("source_kms_key_arn")}


def _latest_version(function):
    latest = max(function["versions"], key=int, default=None)
    return function["versions"][latest] if latest else None


RULES = (
    Rule("lambda_svc._publish_version", publish_only_changes),
    Rule("lambda_svc._publish_version", refuse_other_code),
    Rule("lambda_svc._publish_version", refuse_other_revision),
    Rule("lambda_svc._update_code", publish_updated_code),
    Rule("lambda_svc._create_function", publish_created_function),
)
