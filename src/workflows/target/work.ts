import { CancellationScope } from '@temporalio/workflow';
import { durationText } from '../../domain/durations.js';
import type { Failure } from '../../domain/failures.js';
import type { TargetState } from '../state/targetState.js';
import { WorkClock } from '../state/workClock.js';
import { toFailure } from '../temporal/failure.js';

/**
 * Does the work of a target, and ends it when it takes too long or an operator says so. The workflow
 * itself has no timeout: one that the server ends cannot roll back.
 *
 * @returns why the work did not succeed, or undefined when it did
 */
export async function untilStopped(
  target: TargetState,
  work: () => Promise<void>,
): Promise<Failure | undefined> {
  const scope = new CancellationScope();
  let cause: Failure | undefined;
  const stop = (failure: Failure): void => {
    cause ??= failure;
    scope.cancel();
  };
  const { timeoutMs } = target.input;
  const clock = new WorkClock(timeoutMs, scope, () => stop(tooLong(timeoutMs)));
  target.work = { clock, stop };
  try {
    await scope.run(() => clock.branch(work));
    // What was asked for in the very moment of the end is not forgotten.
    return cause;
  } catch (error) {
    return cause ?? toFailure(error);
  } finally {
    target.work = undefined;
  }
}

function tooLong(limitMs: number): Failure {
  return {
    code: 'timedOut',
    message: `The work at the target was not done within ${durationText(limitMs)}.`,
    remedy: 'Raise deploymentConfig.timeout if the work needs longer.',
  };
}
