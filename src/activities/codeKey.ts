import type { FunctionCodeLocation } from '@aws-sdk/client-lambda';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/**
 * Whether AWS keeps to itself with which key the code of a function is encrypted, because the deploy
 * role may not use that key. Of code that it only refers to, it tells the place in any case; and an image
 * has the key of its repository.
 */
export function isKeyHidden({
  SourceKMSKeyArn: key,
  ResolvedS3Object: refersTo,
  ResolvedImageUri: image,
  Error: error,
}: FunctionCodeLocation): boolean {
  const isCopied = refersTo === undefined && image === undefined;
  return key === undefined && isCopied && error?.ErrorCode === 'AccessDeniedException';
}

/** @param why - what AWS says of it, where it is at hand */
export function hiddenKey(
  { deployRoleArn, function: name, region, target }: FunctionAccess,
  why?: string,
): Error {
  const message = `The deploy role may not see with which key the code of ${name} in ${region} is encrypted`;
  return activityFailure(
    {
      code: 'accessDenied',
      message: why === undefined ? `${message}.` : `${message}: ${why}`,
      remedy: `Give ${deployRoleArn} kms:Decrypt on that key.`,
      target,
      function: name,
    },
    { retryable: false },
  );
}
