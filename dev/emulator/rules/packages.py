"""Where a function's code comes from, and what AWS does not take for code."""

import base64
import io
import zipfile

import functions
from answers import invalid_parameter, refuse
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import lambda_svc, s3
from surround import Rule

_LARGEST_UPLOAD = 52428800


def refuse_bad_package(create_function, data):
    """The refusals of `read`, before ministack has created anything."""
    code = data.get("Code") or {}
    if "ImageUri" in code or functions.record(data.get("FunctionName")):
        return create_function(data)
    _, refused = read(code, data.get("Layers"))
    return refused or create_function(data)


def refuse_bad_update(update_code, name, data):
    """The refusals of `read`, before ministack has changed anything."""
    function = functions.record(name)
    if function is None:
        return update_code(name, data)
    if function["config"]["PackageType"] == "Image":
        return update_code(name, data) if "ImageUri" in data else image_needed()
    _, refused = read(data, function["config"].get("Layers"))
    return refused or update_code(name, data)


def image_needed():
    # AWS: a function made of an image cannot become one made of a package.
    return invalid_parameter(
        "Please provide ImageUri when updating a function with packageType Image."
    )


def read(code, layers):
    """The package that a request names, and the refusal of it: one of the two is None."""
    if "ImageUri" in code:
        # AWS: a function made of a package cannot become one made of an image.
        return None, invalid_parameter(
            "Please don't provide ImageUri when updating a function with packageType Zip."
        )
    package, refused = _uploaded(code) if "ZipFile" in code else _stored(code)
    refused = refused or _refuse_unusable(package, layers)
    return (None, refused) if refused else (package, None)


def _uploaded(code):
    package = base64.b64decode(code["ZipFile"])
    if len(package) <= _LARGEST_UPLOAD:
        return package, None
    # AWS: a larger package has to come from S3.
    message = f"Zipped size must be smaller than {_LARGEST_UPLOAD} bytes"
    return None, refuse(413, "RequestEntityTooLargeException", message)


def _stored(code):
    bucket, key, version = (code.get(part) for part in ("S3Bucket", "S3Key", "S3ObjectVersion"))
    if not bucket or not key:
        return None, invalid_parameter("Please provide a source for function code.")
    if s3._bucket_owner_account(bucket) is None:
        return None, _s3_error("NoSuchBucket", "The specified bucket does not exist")
    elsewhere = lambda_svc._s3_code_region_error(bucket)
    if elsewhere:
        return None, elsewhere
    if not _may_read(bucket, key):
        return None, _s3_denied(bucket, key)
    package = lambda_svc._fetch_code_from_s3(bucket, key, version)
    return package, None if package is not None else _no_such_object(bucket, key, version)


def _no_such_object(bucket, key, version):
    # S3 does not tell a caller who may not list the bucket that the object is missing.
    if not _may_read(bucket, ""):
        return _s3_denied(bucket, key)
    if version:
        return _s3_error("NoSuchVersion", "The specified version does not exist.")
    return _s3_error("NoSuchKey", "The specified key does not exist.")


def _may_read(bucket, key):
    """An object of another account takes a policy of its bucket; an empty key asks for the list."""
    owner, caller = s3._bucket_owner_account(bucket), get_account_id()
    return owner == caller or s3._foreign_bucket_allows(owner, bucket, key, "GET", {}, caller)


def _s3_error(code, message):
    # AWS: InvalidParameterValueException, with S3's answer to Lambda inside.
    return invalid_parameter(
        f"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}"
    )


def _s3_denied(bucket, key):
    # AWS: AccessDeniedException, as S3 is read with the caller's permissions.
    return refuse(
        403,
        "AccessDeniedException",
        "Your access has been denied by S3, please make sure your request credentials have "
        f"permission to GetObject for {bucket}/{key}. "
        "S3 Error Code: AccessDenied. S3 Error Message: Access Denied",
    )


def _refuse_unusable(package, layers):
    # AWS: InvalidParameterValueException for bytes that are no zip, and for a zip without files.
    refused = lambda_svc._reject_unreadable_zip(package)
    if not refused and not zipfile.ZipFile(io.BytesIO(package)).namelist():
        refused = invalid_parameter("Uploaded file must be a non-empty zip")
    return refused or lambda_svc._validate_total_unzipped_size(package, layers)


def read_as_owner(read_bucket, bucket, *args, **kwargs):
    """A bucket's name is one bucket for all accounts; ministack looks among the caller's."""
    owner = s3._bucket_owner_account(bucket) or get_account_id()
    region = get_region()
    with request_scope(owner, region):
        return read_bucket(bucket, *args, **kwargs)


RULES = (
    Rule("lambda_svc._fetch_code_from_s3", read_as_owner),
    Rule("lambda_svc.s3_code_region_message", read_as_owner),
    Rule("lambda_svc._create_function", refuse_bad_package),
    Rule("lambda_svc._update_code", refuse_bad_update),
)
