import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { FunctionState } from '../domain/functions.js';
import { isImage, type PinnedPackage } from '../domain/packages.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/** Whether the code of a function, or of a version, is a container image. */
export function isImageFunction({
  Configuration: { PackageType },
}: {
  Configuration: FunctionConfiguration;
}): boolean {
  return PackageType === 'Image';
}

/**
 * Refuses a package of another kind than the function is made of: AWS makes no container image of a zip
 * file, nor a zip file of an image. Sources:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function assertSameKind(
  access: FunctionAccess,
  latest: FunctionState | undefined,
  pinned: PinnedPackage,
): void {
  if (latest === undefined || isImage(pinned) === (latest.image === true)) return;
  const { function: name, region, target } = access;
  const [is, other] = isImage(pinned)
    ? ['a zip file', 'a container image']
    : ['a container image', 'a zip file'];
  throw activityFailure(
    {
      code: 'packageRejected',
      message: `${name} in ${region} is ${is}, and AWS makes no function of ${other} of it.`,
      remedy: `Deploy ${other.replace('a ', 'the ')} as a function of another name, or delete ${name} first: then it is created anew.`,
      target,
      function: name,
    },
    { retryable: false },
  );
}
