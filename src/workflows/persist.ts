import { condition } from '@temporalio/workflow';
import type { Failure } from '../domain/failures.js';
import { toFailure } from './failure.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

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
  run: TargetRun,
  one: FunctionRun,
  what: string,
  task: () => Promise<void>,
): Promise<boolean> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await task();
      run.unstuck(one.name);
      return true;
    } catch (error) {
      run.stuck(one.name, { function: one.name, ...toFailure(error) });
      await attention(run, one, `try again: ${what} of ${one.name}`, pause);
      // Only what is stuck is given up: the other functions go on, also when they get stuck later.
      if (run.asked.abandoned.has(one.name)) break;
    }
  }
  run.warn(abandoned(run, one, what));
  run.unstuck(one.name);
  return false;
}

/** Waits until it is time to try again, or an operator says what to do. */
async function attention(
  run: TargetRun,
  { name }: FunctionRun,
  summary: string,
  pauseMs: number,
): Promise<void> {
  const { asked } = run;
  const { retries } = asked;
  const isAsked = (): boolean => asked.retries > retries || asked.abandoned.has(name);
  await condition(isAsked, pauseMs, { summary });
}

function abandoned(run: TargetRun, one: FunctionRun, what: string): Failure {
  const problem = run.problemOf(one.name);
  const cause = problem === undefined ? '' : ` What kept it: ${problem.message}`;
  return {
    code: 'rollbackAbandoned',
    message: `The rollback was abandoned before ${what} of ${one.name}.${cause}`,
    remedy: 'Put the function in order by hand.',
    target: run.input.target,
    function: one.name,
  };
}
