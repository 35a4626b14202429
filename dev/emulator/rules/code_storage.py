"""How code is kept: with which key, where, and for how much of it there is room."""

import accounts
import functions
from answers import content, json_answer, ok, refuse
from ministack.core.responses import get_account_id
from ministack.services import lambda_svc
from rules.packages import read
from surround import Rule

# AWS: the defaults of UpdateFunctionCode in the API reference. Some clients leave the architecture
# out and say that it stays; who relies on the reference says it.
_DEFAULTS = {
    "Architectures": ["x86_64"],
    "SourceKMSKeyArn": None,
    "S3ObjectStorageMode": "COPY",
}

# What ministack keeps of a function's code beside its record of the configuration.
_OF_CODE = ("source_kms_key_arn", "s3_object_storage_mode", "s3_object_ref")


def reset_what_is_left_out(update_code, name, data):
    # AWS: what UpdateFunctionCode does not name is set to its default.
    return update_code(name, {**_DEFAULTS, **data})


def keep_with_version(publish_version, name, data):
    # AWS: a version keeps what the code was stored with when it was published.
    answer = publish_version(name, data)
    if ok(answer):
        function = functions.record(name)
        version = function["versions"][content(answer)["Version"]]
        version.update({key: function.get(key) for key in _OF_CODE})
    return answer


def code_of_version(get_function, name, qualifier=None):
    # AWS: GetFunction of a version says how that version's code is stored.
    answer = get_function(name, qualifier)
    function = functions.record(name)
    described = function and functions.described_by(function, qualifier)
    if not ok(answer) or not described:
        return answer
    answer = content(answer)
    key, mode, stored = (described.get(key) for key in _OF_CODE)
    told = {
        "SourceKMSKeyArn": key,
        "ResolvedS3Object": stored if mode == "REFERENCE" else None,
    }
    code = {**answer["Code"], **told}
    answer["Code"] = {key: value for key, value in code.items() if value}
    return json_answer(answer)


def refuse_creation_without_room(create_function, data):
    size = _size(data.get("Code") or {}, data.get("Layers"))
    return _full() if _is_over(size) else create_function(data)


def refuse_update_without_room(update_code, name, data):
    function = functions.record(name)
    if function is None:
        return update_code(name, data)
    configuration = function["config"]
    more = _size(data, configuration.get("Layers")) - _stored(function)
    return _full() if _is_over(more) else update_code(name, data)


def refuse_version_without_room(publish_version, name, data):
    function = functions.record(name)
    size = _stored(function) if function else 0
    return _full() if _is_over(size) else publish_version(name, data)


def tell_room(get_account_settings):
    # AWS: versions take room as $LATEST does.
    answer = content(get_account_settings())
    answer["AccountLimit"]["TotalCodeSize"] = accounts.code_storage(get_account_id())
    answer["AccountUsage"]["TotalCodeSize"] = _used()
    return json_answer(answer)


def _used():
    records = [lambda_svc._functions[name] for name in lambda_svc._functions.keys()]
    versions = [version for record in records for version in record["versions"].values()]
    return sum(_stored(one) for one in (*records, *versions))


def _stored(record):
    # AWS: code that it refers to in S3 takes no room.
    is_referred = record.get("s3_object_storage_mode") == "REFERENCE"
    return 0 if is_referred else record["config"].get("CodeSize", 0)


def _size(code, layers):
    """Of a package in bytes; an image, and what is referred to, take no room."""
    is_referred = code.get("S3ObjectStorageMode") == "REFERENCE"
    package = None if "ImageUri" in code or is_referred else read(code, layers)[0]
    return len(package or b"")


def _is_over(more):
    return more > 0 and _used() + more > accounts.code_storage(get_account_id())


def _full():
    # AWS: CodeStorageExceededException of CreateFunction, UpdateFunctionCode and PublishVersion.
    return refuse(400, "CodeStorageExceededException", "Code storage limit exceeded.")


RULES = (
    Rule("lambda_svc._update_code", reset_what_is_left_out),
    Rule("lambda_svc._publish_version", keep_with_version),
    Rule("lambda_svc._get_function", code_of_version),
    Rule("lambda_svc._create_function", refuse_creation_without_room),
    Rule("lambda_svc._update_code", refuse_update_without_room),
    Rule("lambda_svc._publish_version", refuse_version_without_room),
    Rule("lambda_svc._get_account_settings", tell_room),
)
