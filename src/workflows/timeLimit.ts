import { CancellationScope, sleep } from '@temporalio/workflow';
import { toFailure } from './failure.js';
import type { Failure } from '../domain/failures.js';

/**
 * Does the work, and cancels it when it takes too long. The limit is a durable timer, so a time in
 * which no worker runs counts. The workflow itself has no timeout: one that the server ends cannot
 * roll back.
 *
 * @returns why the work did not succeed, or undefined when it did
 */
export async function withinTime(
  limitMs: number,
  work: () => Promise<void>,
): Promise<Failure | undefined> {
  const working = new CancellationScope();
  const timing = new CancellationScope();
  let timedOut = false;
  const limit = timing
    .run(() => sleep(limitMs, { summary: `the deployment's time at this target` }))
    .then(
      () => {
        timedOut = true;
        working.cancel();
      },
      () => undefined,
    );
  try {
    await working.run(work);
    return undefined;
  } catch (error) {
    return timedOut ? tooLong(limitMs) : toFailure(error);
  } finally {
    timing.cancel();
    await limit;
  }
}

function tooLong(limitMs: number): Failure {
  return {
    code: 'timedOut',
    message: `The work at the target was not done within ${Math.round(limitMs / 1000)} seconds.`,
    remedy: 'Raise deploymentConfig.timeout if the work needs longer.',
  };
}
