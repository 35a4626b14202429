import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  allHandlersFinished,
  defineWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import type { Failure } from '../../domain/failures.js';
import type { TargetOutcome } from '../../domain/outcomes.js';
import type { TargetInput } from '../../domain/target.js';
import { deleteOldVersions } from '../function/oldVersions.js';
import { withdrawOld } from '../function/provision.js';
import { readBackAll } from '../function/readBack.js';
import { changeWideLast } from '../function/wide.js';
import { rollBack } from '../rollback/rollback.js';
import { TargetState } from '../state/targetState.js';
import { toFailure } from '../temporal/failure.js';
import { decodeRaw, RAW_INPUT } from '../temporal/raw.js';
import { deploy } from './deploy.js';
import { listen } from './handlers.js';
import { targetOutcome, type Ending } from './outcome.js';
import { untilStopped } from './work.js';

/**
 * One target of a deployment: constraints, a look, release, the strategy's steps, promotion,
 * constraints; on any failure before the promotion everything is taken back. It always returns an
 * outcome, after a cancellation too.
 */
export async function sluiceTarget(raw: RawValue): Promise<TargetOutcome> {
  const target = new TargetState(readInput(raw));
  const work = untilStopped(target, () => deploy(target));
  // In the same moment as the work begins: a message that came with the start finds it there.
  listen(target);
  CancellationScope.current().cancelRequested.catch(() => target.cancelled());
  const failure = await work;
  const outcome = await CancellationScope.nonCancellable(() => finish(target, failure));
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return target.end(outcome);
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

async function finish(target: TargetState, failure: Failure | undefined): Promise<TargetOutcome> {
  // The work ends with reading back what is there.
  if (failure === undefined) {
    await deleteOldVersions(target);
    return targetOutcome(target, 'deployed');
  }
  for (const fn of target.functions) fn.readBack = undefined;
  const ended = await end(target, failure);
  if (ended === 'deployed') await leaveNothing(target);
  await readBackAll(target);
  return targetOutcome(target, ended, failure);
}

/** What had to wait for the promotion is done also where something fails after it. */
async function leaveNothing(target: TargetState): Promise<void> {
  await withdrawOld(target);
  try {
    await changeWideLast(target);
  } catch (error) {
    target.warn(toFailure(error));
  }
}

async function end(target: TargetState, failure: Failure): Promise<Ending> {
  // Only who asks for it takes back what has been promoted; everything else blocks the dependents.
  if (target.promoted && failure.code !== 'rollbackRequested') return 'deployed';
  if (!target.written) return 'blocked';
  return (await rollBack(target)) ? 'rolledBack' : 'rollbackFailed';
}
