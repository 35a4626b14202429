import type { MutationResult } from '../../activities/results.js';
import type { Failure } from '../../domain/failures.js';
import { REQUEST_TIMEOUT_MS } from '../../domain/requestTimeout.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { FailureError, toFailure } from '../temporal/failure.js';
import { noting } from './unanswered.js';

/** How often somebody may touch a resource, without changing it, between two of our attempts. */
const MAX_MOVES = 20;

export interface Write<State extends { revisionId: string }, Answer extends State = State> {
  fn: FunctionLedger;
  resource: 'latest' | 'alias';
  /** As it was last seen; its revision goes into the request. */
  from: State;
  send: (revisionId: string) => Promise<MutationResult<State | Answer>>;
  /** How long one of its requests may be on its way, in milliseconds; what it mostly is by default. */
  timeoutMs?: number;
  /** Whether what was found there instead may be overwritten. */
  expected: (seen: State) => boolean;
  /** The failure when it may not. */
  foreign: (seen: State) => Failure;
  /** Takes note of what every answer says. */
  note?: (seen: State) => void;
}

/**
 * Makes a mutation hold. A revision that moved is no reason to stop: it also moves when an update
 * completes or a permission is added. What counts is the content: as long as it is what the
 * deployment expects, the mutation is asked for again with the fresh revision.
 */
export async function write<State extends { revisionId: string }, Answer extends State = State>(
  request: Write<State, Answer>,
): Promise<Answer> {
  const { fn, resource, timeoutMs = REQUEST_TIMEOUT_MS } = request;
  let seen = request.from;
  for (let moves = 0; moves <= MAX_MOVES; moves += 1) {
    // Before the first request too: what an earlier stage of a rollback found may be somebody else's.
    if (!request.expected(seen)) throw new FailureError(request.foreign(seen));
    const { revisionId } = seen;
    const { result, state } = await noting(fn, { resource, revisionId, timeoutMs }, () =>
      request.send(revisionId),
    );
    request.note?.(state);
    if (result === 'done') return state as Answer;
    seen = state;
  }
  throw new FailureError(request.foreign(seen));
}

/**
 * Does a part of a rollback, unless that would overwrite what someone else has written: then it
 * stays as it is, and the outcome says so.
 *
 * @returns whether it was done
 */
export async function unlessForeign(
  target: TargetState,
  task: () => Promise<void>,
): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== 'foreignChange') throw error;
    target.warn(failure);
    return false;
  }
}

/**
 * Makes the activity move this revision even where nothing else changes: AWS would still accept a
 * late request that carries it.
 */
export function fence(revisionId: string | undefined): { fence?: string } {
  return revisionId === undefined ? {} : { fence: revisionId };
}
