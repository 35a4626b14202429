import type { ApplicationFailure } from '@temporalio/common';
import { noteOperation, type LambdaOperation } from '../../src/activities/operations.js';
import { translateAwsError } from '../../src/activities/translate.js';
import type { Failure } from '../../src/domain/failures.js';
import { attemptsWithin } from '../../src/domain/retries.js';

export const INVALID = 'InvalidParameterValueException';
export const CONFLICT = 'ResourceConflictException';

export interface Answer {
  operation: LambdaOperation | 'GetObject' | 'DescribeImages';
  exception: string;
  message: string;
  status: number;
}

export const answer = (
  operation: Answer['operation'],
  exception: string,
  message: string,
  status = exception === CONFLICT ? 409 : 400,
): Answer => ({ operation, exception, message, status });

const request = {
  doing: 'update orders',
  target: 'prod',
  function: 'orders',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
};

/** What becomes of an answer of AWS to one attempt. */
export function told(
  { operation, exception, message, status }: Answer,
  attempt = 1,
  way: { rollback?: boolean; restores?: boolean } = {},
) {
  const error = Object.assign(new Error(message), {
    name: exception,
    $metadata: { httpStatusCode: status },
  });
  noteOperation(error, operation);
  const failure = translateAwsError(error, { ...request, ...way }, attempt) as ApplicationFailure;
  const { remedy = '' } = failure.details?.[0] as Failure;
  return { code: failure.type, again: failure.nonRetryable !== true, remedy };
}

/** For how long an answer is waited out, in minutes, as the attempts have it. */
export function minutes(one: Answer, way: { rollback?: boolean } = {}): number {
  for (let minute = 0; minute <= 30; minute += 1) {
    if (!told(one, attemptsWithin(minute * 60_000), way).again) return minute;
  }
  return Infinity;
}
