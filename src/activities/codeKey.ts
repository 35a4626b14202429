import type { FunctionCodeLocation } from '@aws-sdk/client-lambda';

/**
 * Whether AWS keeps to itself with which key the code of a function is encrypted, because the deploy
 * role may not use that key. Of code that it only refers to, it tells the place in any case.
 */
export function isKeyHidden({
  SourceKMSKeyArn: key,
  ResolvedS3Object: refersTo,
  Error: error,
}: FunctionCodeLocation): boolean {
  return (
    key === undefined && refersTo === undefined && error?.ErrorCode === 'AccessDeniedException'
  );
}
