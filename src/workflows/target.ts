import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  allHandlersFinished,
  defineWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import type { Failure } from '../domain/failures.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import type { TargetInput } from '../domain/target.js';
import { deploy } from './deploy.js';
import { decodeRaw, RAW_INPUT } from './raw.js';
import { rollBack } from './rollback.js';
import { targetOutcome } from './targetOutcome.js';
import { listen } from './targetDesk.js';
import { TargetRun } from './targetRun.js';
import { untilStopped } from './work.js';

/**
 * One target of a deployment: constraints, a look, release, the strategy's steps, promotion,
 * constraints; on any failure before the promotion everything is taken back. It always returns an
 * outcome, after a cancellation too.
 */
export async function sluiceTarget(raw: RawValue): Promise<TargetOutcome> {
  const run = new TargetRun(readInput(raw));
  const work = untilStopped(run, () => deploy(run));
  // In the same moment as the work begins: a message that came with the start finds it there.
  listen(run);
  const failure = await work;
  const outcome = await CancellationScope.nonCancellable(() => finish(run, failure));
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return run.end(outcome);
}

defineWorkflowOptions(sluiceTarget, { staticOptions: { typeInfo: RAW_INPUT } });

function readInput(raw: RawValue): TargetInput {
  // Only a deployment starts targets, and its plan has been checked.
  if (workflowInfo().parent !== undefined) return decodeRaw(raw) as TargetInput;
  throw ApplicationFailure.nonRetryable(
    'A target is started by its deployment. Start a deployment instead.',
    'invalidPlan',
  );
}

async function finish(run: TargetRun, failure: Failure | undefined): Promise<TargetOutcome> {
  if (failure === undefined) return targetOutcome(run, 'deployed');
  // Only who asks for it takes back what has been promoted; everything else blocks the dependents.
  if (run.promoted && failure.code !== 'rollbackRequested') {
    return targetOutcome(run, 'deployed', failure);
  }
  if (!run.written) return targetOutcome(run, 'blocked', failure);
  const complete = await rollBack(run);
  return targetOutcome(run, complete ? 'rolledBack' : 'rollbackFailed', failure);
}
