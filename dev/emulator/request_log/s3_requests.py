"""What a request to S3 asked for."""

from urllib.parse import unquote

_OF_BUCKET = {
    "GET": "ListObjects",
    "HEAD": "HeadBucket",
    "PUT": "CreateBucket",
    "DELETE": "DeleteBucket",
}
_OF_OBJECT = {
    "GET": "GetObject",
    "HEAD": "HeadObject",
    "PUT": "PutObject",
    "DELETE": "DeleteObject",
}
# What a word in the query makes of a request.
_OF_WORD = {
    ("GET", "list-type"): "ListObjectsV2",
    ("GET", "versions"): "ListObjectVersions",
    ("GET", "location"): "GetBucketLocation",
    ("GET", "policy"): "GetBucketPolicy",
    ("PUT", "policy"): "PutBucketPolicy",
    ("GET", "versioning"): "GetBucketVersioning",
    ("PUT", "versioning"): "PutBucketVersioning",
    ("POST", "delete"): "DeleteObjects",
    ("POST", "uploads"): "CreateMultipartUpload",
    ("PUT", "uploadId"): "UploadPart",
    ("POST", "uploadId"): "CompleteMultipartUpload",
    ("DELETE", "uploadId"): "AbortMultipartUpload",
}


def describe(method, path, _headers, _body, query):
    bucket, _, key = unquote(path).lstrip("/").partition("/")
    return {
        "operation": _operation(method, bucket, key, query),
        "mutation": method not in ("GET", "HEAD"),
        "resource": bucket or None,
        "qualifier": query.get("versionId", [None])[0],
        "parameters": {**_shown(query), **({"Key": key} if key else {})},
    }


def _operation(method, bucket, key, query):
    # The JavaScript SDK names most operations.
    if "x-id" in query:
        return query["x-id"][0]
    by_word = next((_OF_WORD[method, word] for word in query if (method, word) in _OF_WORD), None)
    if by_word or not bucket:
        return by_word or "ListBuckets"
    return (_OF_OBJECT if key else _OF_BUCKET).get(method, method)


def _shown(query):
    """Without the parts of a signature."""
    return {
        name: values[0]
        for name, values in query.items()
        if name != "x-id" and not name.startswith("X-Amz-")
    }
