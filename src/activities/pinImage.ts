import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import { INDEX_MEDIA_TYPES, readImageUri, type ImageLocation } from '../domain/images.js';
import { packageReplaced, type PinnedImage } from '../domain/packages.js';
import type { PlannedImage } from '../domain/plan.js';
import type { TargetAccess } from '../domain/target.js';
import { activityFailure } from './awsFailure.js';
import type { Tools } from './tools.js';

/**
 * Fixes a container image to the digest that its tag has now. A digest is looked for as well: what is
 * missing, and what Lambda does not take, is found before anything is written.
 */
export async function pinImage(
  tools: Tools,
  access: TargetAccess,
  planned: PlannedImage,
): Promise<PinnedImage> {
  const { imageUri } = planned;
  const { registryId } = located(access, imageUri);
  const found = await tools.images(access, registryId).describe(imageUri);
  const codeSha256 = found?.imageDigest?.replace(/^sha256:/, '');
  if (codeSha256 === undefined) throw refused(missing(imageUri), access);
  if (planned.codeSha256 !== undefined && planned.codeSha256 !== codeSha256) {
    throw refused(packageReplaced(planned, access.target), access);
  }
  if (INDEX_MEDIA_TYPES.includes(found?.imageManifestMediaType ?? '')) {
    throw refused(isIndex(imageUri), access);
  }
  return { imageUri, codeSha256, ...defined({ bytes: found?.imageSizeInBytes }) };
}

/** Lambda takes images from its own region alone: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
function located(access: TargetAccess, imageUri: string): ImageLocation {
  const location = readImageUri(imageUri);
  if (location === undefined) throw refused(noAddress(imageUri), access);
  if (location.region === access.region) return location;
  throw refused(inOtherRegion(imageUri, location, access), access);
}

function refused(failure: Failure, { target }: TargetAccess): Error {
  return activityFailure({ ...failure, target }, { retryable: false });
}

function missing(imageUri: string): Failure {
  return {
    code: 'packageNotFound',
    message: `Amazon ECR has no image ${imageUri}.`,
    remedy: 'Push it, or name one that is there.',
  };
}

function noAddress(imageUri: string): Failure {
  return {
    code: 'packageNotFound',
    message: `${imageUri} is not the address of an image in Amazon ECR.`,
    remedy:
      'Lambda takes images from private repositories of Amazon ECR alone: name one as ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG, or with @sha256:DIGEST.',
  };
}

function inOtherRegion(
  imageUri: string,
  { region: other }: ImageLocation,
  { region }: TargetAccess,
): Failure {
  return {
    code: 'packageInOtherRegion',
    message: `${imageUri} lies in ${other}, and Lambda takes images for functions in ${region} from there alone.`,
    remedy: `Push it to a repository in ${region}, or have Amazon ECR replicate it there.`,
  };
}

/** Sources: https://github.com/aws/aws-lambda-roadmap/issues/82 and what AWS's pages about images say. */
function isIndex(imageUri: string): Failure {
  return {
    code: 'packageRejected',
    message: `${imageUri} is an index of images, one for each platform or with attestations, and Lambda takes a single image.`,
    remedy:
      'Build it for one platform and without attestations: `docker buildx build --platform linux/amd64 --provenance=false --sbom=false`, or linux/arm64, whichever the function has.',
  };
}
