import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import { shortened, type Failure } from '../domain/failures.js';

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
}

export function readAwsError(error: unknown): AwsError {
  const { name, message, $metadata } = (error ?? {}) as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number; requestId?: string };
  };
  return {
    name: typeof name === 'string' ? name : 'UnknownError',
    message: typeof message === 'string' ? message : String(error),
    status: $metadata?.httpStatusCode,
    requestId: $metadata?.requestId,
  };
}

export function isAwsError(error: unknown, ...names: string[]): boolean {
  return names.includes(readAwsError(error).name);
}
