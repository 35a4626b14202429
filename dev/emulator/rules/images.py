"""Functions whose code is a container image, and the images themselves."""

import functions
import registries
from answers import content, invalid_parameter, json_answer, ok, refuse
from ministack.core.responses import error_response_json, get_account_id, get_region, request_scope
from ministack.services import ecr
from surround import Rule

# AWS: neither an image index nor a manifest list, which stand for images of several platforms.
_NOT_SUPPORTED = ("image.index", "manifest.list")
# AWS: an image function has none of them.
_OF_ZIP = ("Handler", "Runtime", "Layers")
_FETCHES = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")


def resolve(uri):
    """The digest of an image in hexadecimal, and the refusal of it: one of the two is None."""
    address = registries.address(uri)
    if address is None:
        return None, invalid_parameter(
            f"Source image {uri} is not valid. Provide a valid source image."
        )
    if not all(registries.may(one, address.registry, address.repository) for one in _FETCHES):
        # AWS: an image of another account takes a policy of its repository.
        why = "Lambda does not have permission to access the ECR image. Check the ECR permissions."
        return None, refuse(403, "AccessDeniedException", why)
    image = registries.image(address) if address.region == get_region() else None
    if image is None:
        return None, invalid_parameter(
            f"Source image {uri} does not exist. Provide a valid source image."
        )
    if any(part in image["imageManifestMediaType"] for part in _NOT_SUPPORTED):
        return None, invalid_parameter(
            f"The image manifest, config or layer media type for the source image {uri} "
            "is not supported."
        )
    return image["imageDigest"].removeprefix("sha256:"), None


def create_of_image(create_function, data):
    code = data.get("Code") or {}
    if data.get("PackageType", "Zip") != "Image":
        # AWS: the package type is not inferred, and an image is no source of a zip file's code.
        return _no_source() if "ImageUri" in code else create_function(data)
    if any(data.get(setting) for setting in _OF_ZIP):
        return _no_zip_settings()
    if "ImageUri" not in code:
        return _no_source()
    digest, refused = resolve(code["ImageUri"])
    answer = refused or create_function(data)
    if not ok(answer):
        return answer
    return json_answer(_of_image(functions.record(data["FunctionName"]), digest), 201)


def update_of_image(update_code, name, data):
    # AWS: the tag is resolved to a digest; where it points afterwards changes no function.
    function = functions.record(name)
    if function is None or "ImageUri" not in data:
        return update_code(name, data)
    digest, refused = resolve(data["ImageUri"])
    answer = refused or update_code(name, data)
    return json_answer(_of_image(function, digest)) if ok(answer) else answer


def configure_image(update_config, name, data):
    function = functions.record(name)
    if function is None or function["config"]["PackageType"] != "Image":
        return update_config(name, data)
    if any(data.get(setting) for setting in _OF_ZIP):
        return _no_zip_settings()
    answer = update_config(name, data)
    configuration = function["config"]
    # AWS: an empty ImageConfig takes it away.
    if ok(answer) and "ImageConfig" in data and not any((data["ImageConfig"] or {}).values()):
        configuration.pop("ImageConfigResponse", None)
        return json_answer(configuration)
    return answer


def tell_digest(get_function, name, qualifier=None):
    # AWS: the image of that version, with its tag as it was given and by its digest.
    answer = get_function(name, qualifier)
    if not ok(answer):
        return answer
    answer = content(answer)
    uri = answer["Code"].get("ImageUri")
    if uri:
        base = uri.partition("@")[0] if "@" in uri else uri.rpartition(":")[0]
        digest = answer["Configuration"]["CodeSha256"]
        answer["Code"]["ResolvedImageUri"] = f"{base}@sha256:{digest}"
    return json_answer(answer)


def describe_as_ecr(describe_images, data):
    # AWS: an image that is asked for and is not there is an error; a repository of another account is
    # read where its policy allows that.
    name = data.get("repositoryName", "")
    registry = data.get("registryId") or get_account_id()
    if not registries.may("ecr:DescribeImages", registry, name):
        return _refused(
            "AccessDeniedException",
            f"User: arn:aws:iam::{get_account_id()}:root is not authorized to perform: "
            f"ecr:DescribeImages on resource: arn:aws:ecr:{get_region()}:{registry}:repository/{name} "
            "because no resource-based policy allows the ecr:DescribeImages action",
        )
    with request_scope(registry, get_region()):
        return _described(describe_images, name, registry, data)


def _described(describe_images, name, registry, data):
    if name not in ecr._repositories:
        return _refused(
            "RepositoryNotFoundException",
            f"The repository with name '{name}' does not exist in the registry with id '{registry}'",
        )
    for wanted in data.get("imageIds") or ():
        if ecr._find_image(name, wanted) is None:
            digest, tag = (wanted.get(key, "null") for key in ("imageDigest", "imageTag"))
            return _refused(
                "ImageNotFoundException",
                f"The image with imageId {{imageDigest:'{digest}', imageTag:'{tag}'}} does not "
                f"exist within the repository with name '{name}' in the registry with id '{registry}'",
            )
    return describe_images(data)


def _refused(code, message):
    return error_response_json(code, message, 400)


def _of_image(function, digest):
    configuration = function["config"]
    for setting in (*_OF_ZIP, "RuntimeVersionConfig"):
        configuration.pop(setting, None)
    configuration["CodeSha256"] = digest
    return configuration


def _no_source():
    return invalid_parameter("Please provide a source for function code.")


def _no_zip_settings():
    return invalid_parameter(
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType "
        "is Image."
    )


RULES = (
    Rule("ecr._describe_images", describe_as_ecr),
    Rule("lambda_svc._create_function", create_of_image),
    Rule("lambda_svc._update_code", update_of_image),
    Rule("lambda_svc._update_config", configure_image),
    Rule("lambda_svc._get_function", tell_digest),
)
