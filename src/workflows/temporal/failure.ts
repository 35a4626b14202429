import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  isCancellation,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { FAILURE_CODES, shortened, type Failure } from '../../domain/failures.js';

/** An error that carries a {@link Failure} through workflow code. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = shortened(failure);
  }
}

/** Whatever was thrown, in the project's terms. */
export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (isCancellation(error)) return { code: 'cancelled', message: 'The deployment was cancelled.' };
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) {
    return causeOf(error);
  }
  if (error instanceof ApplicationFailure && isFailure(error.details?.[0])) return error.details[0];
  const message = error instanceof Error ? error.message : String(error);
  return shortened({ code: 'internal', message });
}

/** Whether trying the same again cannot help, as far as the activity could tell. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  return error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true;
}

/**
 * Whether an activity was tried and failed, as often as its options say. A time in which no worker ran
 * is another matter.
 */
export function wasTried(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  const last = error.cause instanceof TimeoutFailure ? error.cause.cause : error.cause;
  return last instanceof ApplicationFailure;
}

function causeOf(error: ActivityFailure | ChildWorkflowFailure): Failure {
  const { cause } = error;
  if (cause instanceof TimeoutFailure) return timeoutOf(error, cause);
  if (cause instanceof TerminatedFailure) {
    return {
      code: 'internal',
      message: 'The workflow was terminated, so nothing could be taken back.',
      remedy: 'Check what the functions of the target serve, and start a deployment again.',
    };
  }
  return toFailure(cause ?? error);
}

/** A timeout hides the failure that was retried until then; that one says more. */
function timeoutOf(error: ActivityFailure | ChildWorkflowFailure, cause: TimeoutFailure): Failure {
  const earlier = cause.cause === undefined ? undefined : toFailure(cause.cause);
  if (earlier !== undefined && earlier.code !== 'internal') return earlier;
  const what = error instanceof ActivityFailure ? error.activityType : 'The target';
  return { code: 'awsUnavailable', message: `${what} had no answer for too long.` };
}

function isFailure(value: unknown): value is Failure {
  const { code, message } = (value ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' && code in FAILURE_CODES && typeof message === 'string';
}
