import type { Failure } from '../domain/failures.js';
import { LOOKED_AT_AGAIN } from '../domain/stuckRollback.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/** The version to go back to was deleted, and nothing else is known of it. */
export function versionGone(access: FunctionAccess & { fromVersion: string }): Error {
  const { fromVersion, function: name, region } = access;
  return lost(access, {
    message: `Version ${fromVersion} of ${name}, which is to be given back, no longer exists in ${region}: someone deleted it.`,
    remedy: 'Deploy what it was made of, with a file or with `sluice deploy redeploy`.',
  });
}

/** The values of an environment were nowhere but in a version that was deleted. */
export function environmentGone(access: FunctionAccess): Error {
  const { function: name, region } = access;
  return lost(access, {
    message: `The environment of ${name} in ${region} cannot be put back: the version that held its values was deleted during the deployment.`,
    remedy: `Set the variables by hand to what they were.${LOOKED_AT_AGAIN}`,
  });
}

/**
 * Old code was in a version that was deleted, and in no package that can be had.
 *
 * @param packageUri - where it came from, if that is recorded
 */
export function codeGone(
  access: FunctionAccess & { fromVersion: string },
  codeSha256: string,
  packageUri: string | undefined,
): Error {
  const { fromVersion, function: name, region } = access;
  const recorded =
    packageUri === undefined
      ? 'no package of it is recorded'
      : `${packageUri}, which it was made of, is gone or has other bytes`;
  return lost(access, {
    message: `The old code of ${name} in ${region} (${codeSha256}) cannot be put back: version ${fromVersion}, which held it, was deleted during the deployment, and ${recorded}.`,
    remedy: `Give the function that code by hand.${LOOKED_AT_AGAIN}`,
  });
}

/**
 * Old code is an image that ECR has no more.
 *
 * @param uri - of the image; undefined where nobody knows which it was
 */
export function imageGone(
  access: FunctionAccess,
  codeSha256: string,
  uri: string | undefined,
): Error {
  const { function: name, region, rollback } = access;
  const why =
    uri === undefined
      ? 'it is not known any more which image it was made of'
      : `Amazon ECR no longer has ${uri}, which it was made of`;
  const again = rollback === true ? LOOKED_AT_AGAIN : ' Then start again.';
  return lost(access, {
    message: `The old code of ${name} in ${region} (${codeSha256}) cannot be put back: ${why}.`,
    remedy:
      uri === undefined
        ? `Give the function that image by hand.${again}`
        : `Push that image again, as it was, so that it has the same digest.${again}`,
  });
}

/** An alias is to go back to a version that was deleted. */
export function aliasVersionGone(
  access: FunctionAccess & { alias: string },
  version: string,
): Error {
  const { alias, function: name, region } = access;
  return lost(access, {
    message: `Alias ${alias} of ${name} in ${region} cannot go back to version ${version}: someone deleted it during the deployment.`,
    remedy: 'Point the alias by hand at a version that works, then give the rollback up.',
  });
}

function lost(
  { target, function: name }: FunctionAccess,
  failure: Pick<Failure, 'message' | 'remedy'>,
): Error {
  return activityFailure(
    { code: 'notRestored', ...failure, target, function: name },
    { retryable: false },
  );
}
