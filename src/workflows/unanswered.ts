import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/workflow';
import type { Answered } from '../activities/answered.js';
import type { FunctionRun } from './functionRun.js';

/**
 * Sends a mutation, and notes when it ends without an answer: an attempt was given up, and its
 * request may still be on its way, or leave a machine that was paused. The rollback has to see to it
 * that it changes nothing any more.
 *
 * @param revisionId - the revision that the request carries, where it carries one
 */
export async function noting<Result>(
  run: FunctionRun,
  resource: 'latest' | 'alias',
  revisionId: string | undefined,
  send: () => Promise<Result>,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!wasAnswered(error)) {
      if (revisionId === undefined) run.unanswered.other = true;
      else run.unanswered[resource] = revisionId;
    }
    throw error;
  }
}

function wasAnswered(error: unknown): boolean {
  // It was never sent: the work had been stopped before.
  if (!(error instanceof ActivityFailure)) return true;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) && !(cause instanceof CancelledFailure)) return false;
  return (
    cause.details?.some((detail) => (detail as Answered | undefined)?.onlyAttempt === true) ?? false
  );
}
