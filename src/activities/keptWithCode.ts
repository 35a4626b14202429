import type { UpdateFunctionCodeCommandInput } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
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
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html; that AWS names the
 * object in S3 of a function that refers to its package there, FunctionCodeLocation, ibidem.
 */
export function keptWithCode(
  { Configuration, Code }: SettledFunction,
  source: CodeSource,
): KeptWithCode {
  // Code that is sent in the request is nowhere that AWS could refer to.
  const refersToPackage = Code?.ResolvedS3Object !== undefined && source.ZipFile === undefined;
  return defined({
    Architectures: Configuration.Architectures,
    SourceKMSKeyArn: Code?.SourceKMSKeyArn,
    S3ObjectStorageMode: refersToPackage ? ('REFERENCE' as const) : undefined,
  });
}
