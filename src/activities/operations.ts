import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { WideOperation } from '../domain/wideSettings.js';

/** The operations of Lambda with which something is changed. */
export type LambdaOperation =
  | 'CreateFunction'
  | 'UpdateFunctionCode'
  | 'UpdateFunctionConfiguration'
  | 'PublishVersion'
  | 'CreateAlias'
  | 'UpdateAlias'
  | 'PutProvisionedConcurrencyConfig'
  | 'DeleteProvisionedConcurrencyConfig'
  | 'DeleteAlias'
  | 'DeleteFunction'
  | WideOperation;

const operations = new WeakMap<object, string>();

/** Lets a client note with every error which operation it is of: one exception has several meanings. */
export function notingOperations(client: LambdaClient): LambdaClient {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          noteOperation(error, commandName.replace(/Command$/, ''));
          throw error;
        }
      },
    { step: 'initialize', name: 'sluiceNotesOperations' },
  );
  return client;
}

export function noteOperation(error: unknown, operation: string): void {
  if (typeof error === 'object' && error !== null) operations.set(error, operation);
}

/** Such as `UpdateFunctionCode`; undefined where the error is not one of Lambda's. */
export function operationOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? operations.get(error) : undefined;
}
