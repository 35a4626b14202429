import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

/** A detail of a mutation's failure: no other attempt can have left a request behind. */
export interface AnsweredDetail {
  onlyAttempt: true;
}

const ANSWERED: AnsweredDetail = { onlyAttempt: true };

/**
 * Runs a mutation so that its failure says whether any request of it may still be on its way. Of the
 * first attempt none is, when it ends by itself: a request without an answer is tried again. Of a
 * later attempt nobody knows what became of those before.
 */
export function answering<Input extends unknown[], Output>(
  activity: (...input: Input) => Promise<Output>,
): (...input: Input) => Promise<Output> {
  return async (...input) => {
    try {
      return await activity(...input);
    } catch (error) {
      throw activityInfo().attempt === 1 ? withAnswer(error) : error;
    }
  };
}

type Activity = (...input: never) => Promise<unknown>;

/** The same for several. */
export function allAnswering<Activities extends Record<string, Activity>>(
  activities: Activities,
): Activities {
  const entries = Object.entries(activities).map(([name, one]) => [name, answering(one)] as const);
  return Object.fromEntries(entries) as unknown as Activities;
}

function withAnswer(error: unknown): unknown {
  if (error instanceof CancelledFailure) return new CancelledFailure(error.message, [ANSWERED]);
  if (!(error instanceof ApplicationFailure) || error.nonRetryable !== true) return error;
  const { type, details } = error;
  const answered = ApplicationFailure.create({
    ...(type != null && { type }),
    message: error.message,
    nonRetryable: true,
    details: [...(details ?? []), ANSWERED],
  });
  answered.stack = '';
  return answered;
}

/**
 * What a creation made. AWS takes no revision for it, so an earlier attempt's request could make the
 * thing again after it has been removed.
 */
export interface Created<State> {
  state: State;
  /** An earlier attempt may have left a request behind. */
  afterOthers: boolean;
}

export function created<State>(state: State): Created<State> {
  return { state, afterOthers: activityInfo().attempt > 1 };
}
