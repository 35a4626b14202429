import type { FailureCode } from '../../domain/failures.js';
import type { AwsError } from '../awsFailure.js';
import type { LambdaOperation } from '../operations.js';
import type { Remedy } from './remedies.js';

/** Which refusals of AWS a row of a table is about, and what they mean. */
export interface Meaning {
  /** Names of exceptions. */
  exceptions: readonly string[];
  /** Of Lambda; absent: whatever was asked for. */
  operations?: readonly LambdaOperation[];
  /** What the message says, where AWS reports several causes under one name. */
  says?: RegExp;
  /** What it does not say: the same words with another cause. */
  unless?: RegExp;
  is: FailureCode;
  /** Where another one helps than for most failures of that code. */
  remedy?: Remedy;
}

/** Lambda's name for many different causes. */
export const INVALID = 'InvalidParameterValueException';

/** Lambda's name for what is there already, and for another operation in progress. */
export const CONFLICT = 'ResourceConflictException';

export function means(row: Meaning, { name, message, operation }: AwsError): boolean {
  const { exceptions, operations, says, unless } = row;
  return (
    exceptions.includes(name) &&
    (operations === undefined || operations.some((one) => one === operation)) &&
    (says === undefined || says.test(message)) &&
    unless?.test(message) !== true
  );
}
