import type { SetWeightStep, Step } from '../domain/plan.js';
import { gateId } from '../domain/gates.js';
import { splitImpossible, splitsTraffic, stepsBeforePromotion } from '../domain/release.js';
import { meetConstraints } from './constraints.js';
import { FailureError } from './failure.js';
import type { FunctionRun } from './functionRun.js';
import { inspect } from './inspect.js';
import { release } from './release.js';
import type { TargetRun } from './targetRun.js';
import { together } from './together.js';
import { assertOwn, promote, shift } from './traffic.js';
import { waitAt, waitText } from './waits.js';

/** The way forward, from the first constraint to the last. */
export async function deploy(run: TargetRun): Promise<void> {
  const { beforeDeployment, afterDeployment } = run.input;
  await meetConstraints(run, 'before', beforeDeployment);
  run.say('checking', 'comparing the functions with the plan');
  await together(run.functions.map((one) => () => inspect(run, one)));
  if (run.changing.length > 0) await replace(run);
  run.promoted = true;
  await meetConstraints(run, 'after', afterDeployment);
}

async function replace(run: TargetRun): Promise<void> {
  const { steps } = run.input.strategy;
  const before = stepsBeforePromotion(steps);
  assertCanSplit(run, before);
  await releaseAll(run, before, ({ shiftable }) => shiftable);
  for (const [index, step] of before.entries()) {
    run.enterStep({ number: index + 1, of: steps.length, type: step.type });
    if (step.type === 'setWeight') await setWeight(run, step, before);
    else await waitBetween(run, gateId(run.input.target, 'steps', index + 1), step);
  }
  if (before.length < steps.length) {
    run.enterStep({ number: steps.length, of: steps.length, type: 'setWeight' });
  }
  const released = withoutShifting(run);
  await releaseAll(run, before);
  run.say('promoting', `giving all traffic to the new version of ${names(run.changing)}`);
  await together(released.map((one) => () => assertOwn(one)));
  await together(run.changing.map((one) => () => promote(one)));
}

/** Found before the first write: AWS refuses an alias over two versions that differ in these. */
function assertCanSplit(run: TargetRun, steps: readonly Step[]): void {
  if (!splitsTraffic(steps)) return;
  for (const one of run.changing) {
    const what = one.keepsFromSplitting;
    if (what === undefined) continue;
    throw new FailureError(splitImpossible(what, one.target.target, one.name));
  }
}

/**
 * A function without an alias to shift takes all traffic the moment its code changes, so it is
 * released at the first weight above 0, and never earlier.
 */
async function setWeight(
  run: TargetRun,
  { weight }: SetWeightStep,
  steps: readonly Step[],
): Promise<void> {
  const released = withoutShifting(run);
  if (weight > 0) {
    await releaseAll(run, steps);
  }
  const shifting = run.changing.filter((one) => one.shiftable);
  const text =
    shifting.length === 0
      ? 'looking whether all is as it should be'
      : `giving ${weight} % of the traffic to ${names(shifting)}`;
  run.say('shifting', text);
  await together(released.map((one) => () => assertOwn(one)));
  await together(shifting.map((one) => () => shift(one, weight)));
}

async function waitBetween(
  run: TargetRun,
  gate: string,
  step: Exclude<Step, SetWeightStep>,
): Promise<void> {
  run.say('waiting', waitText(gate, step));
  await waitAt(run, gate, step);
  run.waits += 1;
}

/** What is live already without an alias that could be looked at when it is shifted. */
function withoutShifting(run: TargetRun): FunctionRun[] {
  return run.changing.filter((one) => one.version !== undefined && !one.shiftable);
}

async function releaseAll(
  run: TargetRun,
  steps: readonly Step[],
  which: (one: FunctionRun) => boolean = () => true,
): Promise<void> {
  const unreleased = (): FunctionRun[] =>
    run.changing.filter((one) => one.version === undefined && which(one));
  // Whatever happened in a wait before the first write is what a rollback goes back to.
  const outdated = unreleased().filter((one) => one.inspectedAfter < run.waits);
  await together(outdated.map((one) => () => inspect(run, one)));
  if (outdated.length > 0) assertCanSplit(run, steps);
  const releasing = unreleased();
  if (releasing.length === 0) return;
  run.say('releasing', `releasing ${names(releasing)}`);
  await together(releasing.map((one) => () => release(one)));
}

function names(functions: readonly FunctionRun[]): string {
  return functions.map((one) => one.name).join(', ');
}
