"""UpdateFunctionCode that only asks."""

import base64
import hashlib

import functions
from answers import json_answer
from ministack.services import lambda_svc
from rules import images
from rules.packages import image_needed, read
from surround import Rule


def change_nothing(update_code, name, data):
    # AWS: with DryRun the request is validated and answered as if it were made, with the
    # CodeSha256 of the package; nothing changes.
    function = functions.record(name)
    if not data.get("DryRun") or function is None:
        return update_code(name, data)
    configuration = function["config"]
    refused = lambda_svc._check_revision(configuration, data)
    if refused:
        return refused
    if configuration["PackageType"] == "Image":
        return _asked_of_image(configuration, data)
    package, refused = read(data, configuration.get("Layers"))
    return refused or json_answer({**configuration, **_measures(package)})


def _asked_of_image(configuration, data):
    if "ImageUri" not in data:
        return image_needed()
    digest, refused = images.resolve(data["ImageUri"])
    return refused or json_answer({**configuration, "CodeSha256": digest})


def _measures(package):
    digest = hashlib.sha256(package).digest()
    return {"CodeSize": len(package), "CodeSha256": base64.b64encode(digest).decode()}


RULES = (Rule("lambda_svc._update_code", change_nothing),)
