import { condition } from '@temporalio/workflow';
import { toFailure } from './failure.js';
import type { TargetRun } from './targetRun.js';

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Does a part of a rollback until it succeeds. What AWS refuses for good on the way forward is only
 * a matter of repair on the way back: a deleted role comes back, a permission is given again.
 *
 * @returns false when an operator abandoned it
 */
export async function persist(
  run: TargetRun,
  what: string,
  task: () => Promise<void>,
): Promise<boolean> {
  for (
    let pause = FIRST_PAUSE_MS;
    !run.asked.abandon;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  ) {
    try {
      await task();
      return true;
    } catch (error) {
      run.stuck(toFailure(error));
      await attention(run, what, pause);
      run.say('rollingBack', what);
    }
  }
  return false;
}

async function attention(run: TargetRun, what: string, pauseMs: number): Promise<void> {
  run.asked.retry = false;
  await condition(() => run.asked.retry || run.asked.abandon, pauseMs, {
    summary: `try again: ${what}`,
  });
}
