import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/workflow';
import type { AnsweredDetail, Created } from '../../activities/answered.js';
import { REQUEST_TIMEOUT_MS } from '../../domain/requestTimeout.js';
import type { FunctionLedger } from '../state/functionLedger.js';

/** A mutation of something that has a revision. */
export interface Mutation {
  resource: 'latest' | 'alias';
  revisionId: string;
  /** How long a request of it may be on its way, in milliseconds. */
  timeoutMs: number;
}

/**
 * Sends a mutation, and notes when it ends without an answer: an attempt was given up, and its
 * request may still be on its way, or leave a machine that was paused. The rollback has to see to it
 * that it changes nothing any more.
 */
export async function noting<Result>(
  fn: FunctionLedger,
  { resource, revisionId, timeoutMs }: Mutation,
  send: () => Promise<Result>,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!wasAnswered(error)) {
      fn.unanswered[resource] = revisionId;
      note(fn, timeoutMs);
    }
    throw error;
  }
}

function note(fn: FunctionLedger, timeoutMs: number): void {
  fn.unansweredForMs = Math.max(fn.unansweredForMs, timeoutMs);
}

function noteCreation(fn: FunctionLedger): void {
  fn.unanswered.other = true;
  note(fn, REQUEST_TIMEOUT_MS);
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
    if (afterOthers) noteCreation(fn);
    return state;
  } catch (error) {
    if (!wasAnswered(error)) noteCreation(fn);
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
