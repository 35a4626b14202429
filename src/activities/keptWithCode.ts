import type { UpdateFunctionCodeCommandInput } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import type { FunctionAccess } from './access.js';
import { hiddenKey, isKeyHidden } from './codeKey.js';
import type { CodeSource } from './codeSource.js';
import type { SettledFunction } from './reading.js';

/** What UpdateFunctionCode sets to AWS's default when it is left out. */
export type KeptWithCode = Pick<
  UpdateFunctionCodeCommandInput,
  'Architectures' | 'SourceKMSKeyArn' | 'S3ObjectStorageMode'
>;

/**
 * What is not named stays as it is: an update of the code says it again, as the function has it.
 * Source: the members of UpdateFunctionCode in the API reference with their defaults,
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
 *
 * @throws ApplicationFailure `accessDenied` when the role may not see how the code is stored
 */
export function keptWithCode(
  access: FunctionAccess,
  found: SettledFunction,
  source: CodeSource,
): KeptWithCode {
  assertVisible(access, found);
  // Code that is sent in the request is nowhere that AWS could refer to.
  const refers = refersToPackage(found) && source.ZipFile === undefined;
  return defined({
    Architectures: found.Configuration.Architectures,
    SourceKMSKeyArn: found.Code?.SourceKMSKeyArn,
    S3ObjectStorageMode: refers ? ('REFERENCE' as const) : undefined,
  });
}

/**
 * Whether AWS has no copy of a function's code, and refers to the package in S3: it tells the object
 * of such functions alone,
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-self-managed-storage.html
 */
export function refersToPackage({ Code }: SettledFunction): boolean {
  return Code?.ResolvedS3Object !== undefined;
}

/** A key that cannot be seen would be lost, as if there were none. */
function assertVisible(access: FunctionAccess, found: SettledFunction): void {
  const { Code = {} } = found;
  if (!isKeyHidden(Code)) return;
  throw hiddenKey(access, Code.Error?.Message ?? '');
}
