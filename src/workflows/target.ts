import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  allHandlersFinished,
  defineWorkflowOptions,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Failure } from '../domain/failures.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import { VERBS, type OperatorRequest, type Verb } from '../domain/requests.js';
import type { TargetInput } from '../domain/target.js';
import { deploy } from './deploy.js';
import { readFor } from './desk.js';
import { signals, targetStatus, updates } from './messages.js';
import { decodeRaw, RAW_INPUT, requestOf } from './raw.js';
import { rollBack } from './rollback.js';
import { targetOutcome } from './targetOutcome.js';
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

const DESCRIPTIONS: Readonly<Record<Verb, string>> = {
  approve: 'Approves what waits for it. Input: nothing, or {"gate", "by", "role", "comment"}.',
  reject: 'Rejects what waits for an approval. Input: nothing, or {"gate", "by", "comment"}.',
  rollback: 'Takes back everything that was changed here. Input: nothing, or {"by", "comment"}.',
  retry: 'Tries a stuck rollback again at once. Input: nothing, or {"by", "comment"}.',
  abandon: 'Gives a stuck rollback up and leaves everything as it is. Input: as for retry.',
  skipPause: 'Ends a pause now. Input: nothing, or {"gate", "by", "comment"}.',
};

function listen(run: TargetRun): void {
  setHandler(targetStatus, () => run.progress, {
    description: 'Where this target is, as data.',
  });
  for (const verb of VERBS) {
    const description = DESCRIPTIONS[verb];
    setHandler(signals[verb], (...raw) => void take(run, requestOf(verb, raw)), { description });
    setHandler(updates[verb], (...raw) => ({ done: act(run, requestOf(verb, raw)) }), {
      description,
      validator: (...raw) => refuseUnlessUseful(run, requestOf(verb, raw)),
    });
  }
}

/** A signal has no sender who could be told, so the status tells what became of it. */
function take(run: TargetRun, request: OperatorRequest): void {
  const reading = readFor(run, request);
  if ('ignored' in reading) run.gates.ignore(request.verb, reading.ignored);
  else reading.act();
}

function act(run: TargetRun, request: OperatorRequest): string {
  const reading = readFor(run, request);
  return 'ignored' in reading ? reading.ignored : reading.act();
}

function refuseUnlessUseful(run: TargetRun, request: OperatorRequest): void {
  const reading = readFor(run, request);
  if ('ignored' in reading) throw ApplicationFailure.nonRetryable(reading.ignored, 'notAccepted');
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
