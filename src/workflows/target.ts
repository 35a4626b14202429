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
import { nothingChanges } from '../domain/functions.js';
import type { Failure } from '../domain/failures.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import type { SetWeightStep, Step } from '../domain/plan.js';
import type { TargetInput } from '../domain/target.js';
import { reading } from './activities.js';
import { FailureError } from './failure.js';
import type { FunctionRun } from './functionRun.js';
import { abandon, retry, targetStatus } from './messages.js';
import { decodeRaw, RAW_INPUT } from './raw.js';
import { release } from './release.js';
import { rollBack } from './rollback.js';
import { targetOutcome } from './targetOutcome.js';
import { TargetRun } from './targetRun.js';
import { withinTime } from './timeLimit.js';
import { together } from './together.js';
import { promote, shift } from './traffic.js';

/**
 * One target of a deployment: look, release, shift traffic step by step, promote; on any failure
 * take everything back. It always returns an outcome, after a cancellation too.
 */
export async function sluiceTarget(raw: RawValue): Promise<TargetOutcome> {
  const run = new TargetRun(readInput(raw));
  setHandler(targetStatus, () => run.progress, { description: 'Where this target is.' });
  setHandler(retry, () => void (run.asked.retries += 1), {
    description: 'Tries a stuck rollback again at once.',
  });
  setHandler(abandon, () => void (run.asked.abandon ||= run.rollbackIsStuck), {
    description: 'Gives a stuck rollback up and leaves everything as it is.',
  });
  const failure = await withinTime(run.input.timeoutMs, () => deploy(run));
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

async function deploy(run: TargetRun): Promise<void> {
  run.say('checking', 'comparing the functions with the plan');
  await together(run.functions.map((one) => () => inspect(one)));
  const changing = run.functions.filter((one) => !one.unchanged);
  if (changing.length === 0) return;
  const steps = stepsBeforePromotion(weightSteps(run.input.strategy.steps));
  assertCanSplit(changing, steps);
  await releaseAll(
    run,
    changing.filter((one) => one.shiftable),
  );
  for (const step of steps) await takeStep(run, changing, step);
  await releaseAll(run, changing);
  run.say('promoting', `giving all traffic to the new version of ${names(changing)}`);
  await together(changing.map((one) => () => promote(one)));
}

/** Other steps were refused with the plan; a target that got one all the same writes nothing. */
function weightSteps(steps: readonly Step[]): readonly SetWeightStep[] {
  return steps.map((step) => {
    if (step.type === 'setWeight') return step;
    throw new FailureError({
      code: 'invalidPlan',
      message: `This worker does not carry out steps of the type ${step.type}.`,
    });
  });
}

/** A last step that gives the new version everything is what the promotion does anyway. */
function stepsBeforePromotion(steps: readonly SetWeightStep[]): readonly SetWeightStep[] {
  return steps.at(-1)?.weight === 100 ? steps.slice(0, -1) : steps;
}

/** Found before the first write: AWS refuses an alias over two versions with two roles. */
function assertCanSplit(changing: readonly FunctionRun[], steps: readonly SetWeightStep[]): void {
  if (steps.every(({ weight }) => weight === 0)) return;
  for (const one of changing) {
    if (!one.shiftable || one.inspection.served?.settings.includes('role') !== true) continue;
    throw new FailureError({
      code: 'splitImpossible',
      message: `The execution role of ${one.name} changes, and AWS does not split an alias's traffic between versions with different roles.`,
      remedy:
        'Change the role in a deployment of its own, with a strategy that goes to 100 at once.',
      target: one.target.target,
      function: one.name,
    });
  }
}

/**
 * A function without an alias to shift takes all traffic the moment its code changes, so it is
 * released at the first weight above 0, and never earlier.
 */
async function takeStep(
  run: TargetRun,
  changing: FunctionRun[],
  step: SetWeightStep,
): Promise<void> {
  if (step.weight > 0) await releaseAll(run, changing);
  const shifting = changing.filter((one) => one.shiftable);
  if (shifting.length === 0) return;
  run.say('shifting', `giving ${step.weight} % of the traffic to ${names(shifting)}`);
  await together(shifting.map((one) => () => shift(one, step.weight)));
}

async function releaseAll(run: TargetRun, functions: readonly FunctionRun[]): Promise<void> {
  const unreleased = functions.filter((one) => one.version === undefined);
  if (unreleased.length === 0) return;
  run.say('releasing', `releasing ${names(unreleased)}`);
  await together(unreleased.map((one) => () => release(one)));
}

async function inspect(one: FunctionRun): Promise<void> {
  const { plan, package: pinned } = one.given;
  one.inspection = await reading(`look at ${one.name}`).inspectFunction({
    ...one.access,
    plan,
    package: pinned,
  });
  const { snapshot, served } = one.inspection;
  one.latest = snapshot.latest;
  one.alias = snapshot.alias;
  const split = Object.keys(snapshot.alias?.weights ?? {}).length > 0;
  const aliasMissing = plan.alias !== undefined && snapshot.alias === undefined;
  one.unchanged = served !== undefined && nothingChanges(served) && !split && !aliasMissing;
}

async function finish(run: TargetRun, failure: Failure | undefined): Promise<TargetOutcome> {
  if (failure === undefined) return targetOutcome(run, 'deployed');
  if (!run.written) return targetOutcome(run, 'blocked', failure);
  const complete = await rollBack(run);
  return targetOutcome(run, complete ? 'rolledBack' : 'rollbackFailed', failure);
}

function names(functions: readonly FunctionRun[]): string {
  return functions.map((one) => one.name).join(', ');
}
