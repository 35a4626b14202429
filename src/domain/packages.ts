import { defined } from './defined.js';
import type { Failure } from './failures.js';
import { imageByDigest } from './images.js';
import type { PackageLocation, PlannedImage, PlannedPackage } from './plan.js';

/** What a function's code may be, as deployment files call it. */
export const PACKAGE_TYPES = ['zipFile', 'image'] as const;
/** What a function's code may be. */
export type PackageType = (typeof PACKAGE_TYPES)[number];

/** A package fixed to what it was when the deployment started. */
export type PinnedPackage = PinnedZip | PinnedImage;

/** A zip file fixed to its bytes: by the object's version where the bucket keeps versions, and by the hash always. */
export interface PinnedZip extends PackageLocation {
  versionId?: string;
  /** How large it is. Absent where it is not known. */
  bytes?: number;
  /** Base64 of the SHA-256 of the bytes: what Lambda calls CodeSha256. */
  codeSha256: string;
}

/** A container image fixed to its digest. */
export interface PinnedImage {
  /** As the plan has it. */
  imageUri: string;
  /** Of its layers together, as ECR keeps them. Absent where it is not known. */
  bytes?: number;
  /** The digest without `sha256:`, 64 hexadecimal digits: what Lambda calls CodeSha256. */
  codeSha256: string;
}

export function isImage<Image extends PlannedImage>(
  planned: Image | PackageLocation,
): planned is Image {
  return 'imageUri' in planned;
}

/**
 * `s3://bucket/key`, with the object's version where there is one; an image by its digest where that is
 * known.
 */
export function packageUri(planned: PlannedPackage): string {
  if (isImage(planned)) {
    const { imageUri, codeSha256 } = planned;
    return codeSha256 === undefined ? imageUri : imageByDigest(imageUri, codeSha256);
  }
  const version = planned.versionId === undefined ? '' : `?versionId=${planned.versionId}`;
  return `s3://${planned.bucket}/${planned.key}${version}`;
}

/** What tells a package from others, beside the role and the region that it is read with. */
export function placeOf(planned: PlannedPackage): readonly (string | undefined)[] {
  return isImage(planned) ? [planned.imageUri] : [planned.bucket, planned.key, planned.versionId];
}

/** An image as a plan names it that means this one, whatever its tag names by now. */
export function exactImage({
  imageUri,
  codeSha256,
}: Pick<PinnedImage, 'imageUri' | 'codeSha256'>): PlannedImage {
  return { imageUri: imageByDigest(imageUri, codeSha256), codeSha256 };
}

/** The place in S3 in {@link packageUri}'s form, or undefined when the text has another form. */
export function readPackageUri(
  uri: string,
): (PackageLocation & { versionId?: string }) | undefined {
  const found = /^s3:\/\/([^/]+)\/(.+?)(?:\?versionId=([^?]+))?$/.exec(uri);
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  return {
    bucket: found[1],
    key: found[2],
    ...defined({ versionId: found[3] }),
  };
}

/** What a version that is made of it takes of an account's room for code, in bytes: nothing of an image. */
export function storedBytes(pinned: PinnedPackage | undefined): number {
  return pinned === undefined || isImage(pinned) ? 0 : (pinned.bytes ?? 0);
}

/** The failure of a package that is not the one that a plan means. */
export function packageReplaced(planned: PlannedPackage, target: string): Failure {
  const what = isImage(planned)
    ? `${planned.imageUri} is another image by now than the plan means, which is sha256:${planned.codeSha256}.`
    : `${packageUri(planned)} is another package by now than the plan means.`;
  return { code: 'packageChanged', message: what, remedy: putBack(planned), target };
}

function putBack(planned: PlannedPackage): string {
  return isImage(planned)
    ? 'Give that image its tag back, or start the deployment file anew. Tags that cannot be moved (immutable ones), and addresses with a digest, always mean one image; and `sluice deploy rollback --to` needs none.'
    : 'Put that package back, or start the deployment file anew. Versioning on the bucket keeps every package that was deployed; and `sluice deploy rollback --to` needs none.';
}

/** The failure of old code whose package was overwritten right after it had been looked at. */
export function oldPackageChanged(target: string, name: string): Failure {
  return {
    code: 'packageChanged',
    message: `The package of the old code of ${name} was overwritten in the moment in which it was put back.`,
    remedy: 'Trying again takes the code of the version itself.',
    target,
    function: name,
  };
}

/** The failure of a package that is no longer the one the deployment started with. */
export function packageChanged(pinned: PinnedPackage, target: string, name: string): Failure {
  const failure = { code: 'packageChanged', target, function: name } as const;
  if (isImage(pinned)) {
    return {
      ...failure,
      message: `AWS gave ${name} another image than ${packageUri(pinned)}, with which the deployment started.`,
      remedy: 'Start the deployment again.',
    };
  }
  return {
    ...failure,
    message: `${packageUri(pinned)} was overwritten during the deployment: it is no longer the package that the deployment started with.`,
    remedy:
      'Start the deployment again. Versioning on the bucket makes deployments immune to this.',
  };
}
