import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/workflow';
import type { AnsweredDetail, Created } from '../../activities/answered.js';
import type { FunctionLedger } from '../state/functionLedger.js';

/**
 * Sends a mutation, and notes when it ends without an answer: an attempt was given up, and its
 * request may still be on its way, or leave a machine that was paused. The rollback has to see to it
 * that it changes nothing any more.
 */
export async function noting<Result>(
  fn: FunctionLedger,
  resource: 'latest' | 'alias',
  revisionId: string,
  send: () => Promise<Result>,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!wasAnswered(error)) fn.unanswered[resource] = revisionId;
    throw error;
  }
}

/**
 * The same for creations. They carry no revision, so even after a success the request of an earlier
 * attempt may arrive (`afterOthers`).
 */
export async function notingCreation<State>(
  fn: FunctionLedger,
  send: () => Promise<Created<State>>,
): Promise<State> {
  try {
    const { state, afterOthers } = await send();
    if (afterOthers) fn.unanswered.other = true;
    return state;
  } catch (error) {
    if (!wasAnswered(error)) fn.unanswered.other = true;
    throw error;
  }
}

function wasAnswered(error: unknown): boolean {
  // It was never sent: the work had been stopped before.
  if (!(error instanceof ActivityFailure)) return true;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) && !(cause instanceof CancelledFailure)) return false;
  return (
    cause.details?.some((detail) => (detail as AnsweredDetail | undefined)?.onlyAttempt === true) ??
    false
  );
}
