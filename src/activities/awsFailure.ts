import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import { durationText } from '../domain/durations.js';
import { shortened, type Failure } from '../domain/failures.js';
import { REQUEST_TIMEOUT_MS } from '../domain/requestTimeout.js';
import { operationOf } from './operations.js';

/**
 * A failure as Temporal carries it: the code is the type, the whole is the first detail.
 *
 * @param retry - `afterMs` goes before the retry policy's own delay
 */
export function activityFailure(
  whole: Failure,
  retry: { retryable: boolean; afterMs?: number },
): ApplicationFailure {
  const failure = shortened(whole);
  const error = ApplicationFailure.create({
    type: failure.code,
    message: failure.message,
    nonRetryable: !retry.retryable,
    ...defined({ nextRetryDelay: retry.afterMs }),
    details: [failure],
  });
  // It says what happened; where in the code that was noticed helps nobody who reads a history.
  error.stack = '';
  return error;
}

/** The parts of an AWS SDK error that matter here. */
export interface AwsError {
  name: string;
  message: string;
  status: number | undefined;
  requestId: string | undefined;
  /** Of Lambda, such as `UpdateFunctionCode`. */
  operation: string | undefined;
}

export function readAwsError(error: unknown): AwsError {
  const { name, message, $metadata } = (error ?? {}) as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number; requestId?: string };
  };
  const timedOut = isTimeout(error);
  return {
    name: timedOut ? 'TimeoutError' : typeof name === 'string' ? name : 'UnknownError',
    message: timedOut ? NO_ANSWER : typeof message === 'string' ? message : String(error),
    status: $metadata?.httpStatusCode,
    requestId: $metadata?.requestId,
    operation: operationOf(error),
  };
}

const NO_ANSWER = `AWS did not answer within ${durationText(REQUEST_TIMEOUT_MS)}`;

/** The AWS SDK says of a request whose time was up that it was aborted. */
function isTimeout(error: unknown): boolean {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: { name?: unknown } };
  return name === 'AbortError' && cause?.name === 'TimeoutError';
}

export function isAwsError(error: unknown, ...names: string[]): boolean {
  return names.includes(readAwsError(error).name);
}
