import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import type { LambdaOperation } from '../../src/activities/operations.js';
import { answer, told } from './refused.js';

/** What Lambda's own exceptions become, in words that stand in no table. */
const DECIDED: Readonly<Record<string, [code: string, again: boolean]>> = {
  AliasLimitExceededException: ['awsRefused', false],
  CodeSigningConfigNotFoundException: ['awsRefused', false],
  CodeStorageExceededException: ['codeStorageFull', false],
  CodeVerificationFailedException: ['packageRejected', false],
  FunctionVersionsPerCapacityProviderLimitExceededException: ['awsRefused', false],
  InvalidCodeSignatureException: ['packageRejected', false],
  InvalidParameterValueException: ['settingsRejected', false],
  // An answer to whoever changes something, and no failure: it never comes this far.
  PreconditionFailedException: ['awsRefused', false],
  ResourceConflictException: ['awsRefused', true],
  // Of UpdateFunctionCode: nothing else is made right before it.
  ResourceNotFoundException: ['awsRefused', false],
  ServiceException: ['awsUnavailable', true],
  TooManyRequestsException: ['throttled', true],
};

const STATUS: Readonly<Record<string, number>> = {
  PreconditionFailedException: 412,
  ResourceConflictException: 409,
  ResourceNotFoundException: 404,
  ServiceException: 500,
  TooManyRequestsException: 429,
};

/** As the SDK documents them of the calls that change something. */
function documentedExceptions(): string[] {
  const folder = join(root, 'node_modules/@aws-sdk/client-lambda/dist-types/commands');
  const operations: LambdaOperation[] = [
    ...(['CreateFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'] as const),
    ...(['PublishVersion', 'CreateAlias', 'UpdateAlias'] as const),
    ...(['DeleteAlias', 'DeleteFunction'] as const),
    ...(['PutProvisionedConcurrencyConfig', 'DeleteProvisionedConcurrencyConfig'] as const),
  ];
  const found = operations.flatMap((operation) => {
    const text = readFileSync(join(folder, `${operation}Command.d.ts`), 'utf8');
    return [...text.matchAll(/@throws \{@link (\w+Exception)\} \(/g)].map(([, name = '']) => name);
  });
  return [...new Set(found)].sort();
}

describe('every exception that the SDK documents of a call that changes something', () => {
  it('is decided upon', () => {
    const exceptions = documentedExceptions();
    expect(exceptions).toEqual(Object.keys(DECIDED));
    const decided = exceptions.map((name) => {
      const { code, again } = told(answer('UpdateFunctionCode', name, 'No.', STATUS[name] ?? 400));
      return [name, [code, again]];
    });
    expect(Object.fromEntries(decided)).toEqual(DECIDED);
  });
});
