import { condition } from '@temporalio/workflow';
import type { Failure } from '../../domain/failures.js';
import { summaryText } from '../../domain/markdownText.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { toFailure } from '../temporal/failure.js';

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Does a part of one function's rollback until it succeeds. What AWS refuses for good on the way
 * forward is only a matter of repair on the way back: a deleted role comes back, a permission is
 * given again.
 *
 * @returns false when an operator abandoned it
 */
export async function persist(
  target: TargetState,
  fn: FunctionLedger,
  what: string,
  task: () => Promise<void>,
): Promise<boolean> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await task();
      target.unstuck(fn.name);
      return true;
    } catch (error) {
      target.stuck(fn.name, { function: fn.name, ...toFailure(error) });
      await attention(target, fn, `try again: ${what} of ${fn.name}`, pause);
      // Only what is stuck is given up: the other functions go on, also when they get stuck later.
      if (target.asked.abandoned.has(fn.name)) break;
    }
  }
  target.warn(abandoned(target, fn, what));
  target.unstuck(fn.name);
  return false;
}

/** Waits until it is time to try again, or an operator says what to do. */
async function attention(
  target: TargetState,
  { name }: FunctionLedger,
  summary: string,
  pauseMs: number,
): Promise<void> {
  const { asked } = target;
  const { retries } = asked;
  const isAsked = (): boolean => asked.retries > retries || asked.abandoned.has(name);
  await condition(isAsked, pauseMs, { summary: summaryText(summary) });
}

function abandoned(target: TargetState, fn: FunctionLedger, what: string): Failure {
  const problem = target.problemOf(fn.name);
  const cause = problem === undefined ? '' : ` What kept it: ${problem.message}`;
  return {
    code: 'rollbackAbandoned',
    message: `The rollback of ${fn.name} was abandoned while it was ${what}.${cause}`,
    remedy: 'Put the function in order by hand.',
    target: target.name,
    function: fn.name,
  };
}
