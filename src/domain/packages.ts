import { defined } from './defined.js';
import type { Failure } from './failures.js';
import type { PackageLocation, PlannedPackage } from './plan.js';

/**
 * A package fixed to the bytes it had when the deployment started: by the object's version where
 * the bucket keeps versions, and by the hash always.
 */
export interface PinnedPackage extends PackageLocation {
  versionId?: string;
  /** How large it is. Absent where it is not known. */
  bytes?: number;
  /** Base64 of the SHA-256 of the bytes: what Lambda calls CodeSha256. */
  codeSha256: string;
}

/** `s3://bucket/key`, with the object's version where there is one. */
export function packageUri(location: PackageLocation & { versionId?: string }): string {
  const version = location.versionId === undefined ? '' : `?versionId=${location.versionId}`;
  return `s3://${location.bucket}/${location.key}${version}`;
}

/** The location in {@link packageUri}'s form, or undefined when the text has another form. */
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

/** The failure of a package that is not the one that a plan means. */
export function packageReplaced(planned: PlannedPackage, target: string): Failure {
  return {
    code: 'packageChanged',
    message: `${packageUri(planned)} is another package by now than the plan means.`,
    remedy:
      'Put that package back, or start the deployment file anew. Versioning on the bucket keeps every package that was deployed; and `sluice deploy rollback --to` needs none.',
    target,
  };
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
  return {
    code: 'packageChanged',
    message: `${packageUri(pinned)} was overwritten during the deployment: it is no longer the package that the deployment started with.`,
    remedy:
      'Start the deployment again. Versioning on the bucket makes deployments immune to this.',
    target,
    function: name,
  };
}
