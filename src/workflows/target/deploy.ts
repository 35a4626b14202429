import { isPauseAfterWeight } from '../../domain/firstDeployment.js';
import { gateId } from '../../domain/gates.js';
import type { SetWeightStep, Step } from '../../domain/plan.js';
import { runtimeIsManual } from '../../domain/runtimeFindings.js';
import { splitImpossible, splitsTraffic, stepsBeforePromotion } from '../../domain/release.js';
import { inspect } from '../function/inspect.js';
import { keepReplaced } from '../function/keep.js';
import { provisionAll, withdrawOld } from '../function/provision.js';
import { readBackAll } from '../function/readBack.js';
import { release } from '../function/release.js';
import { assertRoom } from '../function/room.js';
import { assertOwn, promote, shift } from '../function/traffic.js';
import { changeWideAlone, changeWideLast } from '../function/wide.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { meetConstraints } from '../steps/constraints.js';
import { waitAt, waitText } from '../steps/waits.js';
import { FailureError } from '../temporal/failure.js';
import { together } from '../temporal/together.js';

/** The way forward, from the first constraint to the last. */
export async function deploy(target: TargetState): Promise<void> {
  const { beforeDeployment, afterDeployment } = target.input;
  await meetConstraints(target, 'before', beforeDeployment);
  target.say('checking', 'comparing the functions with the plan');
  await together(target.functions.map((fn) => () => inspect(target, fn)));
  if (target.changing.length > 0) await replace(target);
  else await changeWideAlone(target);
  target.promoted = true;
  await meetConstraints(target, 'after', afterDeployment);
  await withdrawOld(target);
  await changeWideLast(target);
  // As long as it is work, a rollback that somebody asks for now is not too late.
  await readBackAll(target);
}

async function replace(target: TargetState): Promise<void> {
  const { steps } = target.input.strategy;
  const before = stepsBeforePromotion(steps);
  assertFree(target);
  assertCanSplit(target, before);
  assertRuntimes(target);
  assertNotKeptByAlias(target);
  await assertRoom(target);
  await keepReplaced(target);
  await changeWideAlone(target);
  await releaseAll(target, before, ({ shiftable }) => shiftable);
  for (const [index, step] of before.entries()) {
    target.enterStep({ number: index + 1, of: steps.length, type: step.type });
    if (step.type === 'setWeight') await setWeight(target, step, before);
    else if (isLeftOut(target, before, index)) target.notice(LEFT_OUT, leftOutText(target));
    else await waitBetween(target, gateId(target.name, 'steps', index + 1), step);
  }
  target.notice(LEFT_OUT, undefined);
  if (before.length < steps.length) {
    target.enterStep({ number: steps.length, of: steps.length, type: 'setWeight' });
  }
  const released = withoutShifting(target);
  await releaseAll(target, before);
  await provisionAll(target);
  target.say('promoting', `giving all traffic to the new version of ${names(target.changing)}`);
  await together(released.map((fn) => () => assertOwn(fn)));
  await together(target.changing.map((fn) => () => promote(fn)));
}

/** Found before the first write: what another deployment shifts is left to it. */
function assertFree(target: TargetState): void {
  for (const { heldByOther } of target.changing) {
    if (heldByOther !== undefined) throw new FailureError(heldByOther);
  }
}

/** Found before the first write: AWS changes no runtime of which one version is prescribed. */
function assertRuntimes(target: TargetState): void {
  for (const { inspection, source, name } of target.changing) {
    const failure = 'settings' in source.plan && runtimeIsManual(inspection, source.plan);
    if (failure) throw new FailureError({ ...failure, target: target.name, function: name });
  }
}

/** Found before the first write: AWS refuses an alias over two versions that differ in these. */
function assertCanSplit(target: TargetState, steps: readonly Step[]): void {
  if (!splitsTraffic(steps)) return;
  for (const fn of target.changing) {
    const what = fn.keepsFromSplitting;
    if (what === undefined) continue;
    throw new FailureError(splitImpossible(what, fn.access.target, fn.name));
  }
}

/** Found before the first write: AWS refuses what such an alias would need. */
function assertNotKeptByAlias(target: TargetState): void {
  for (const { keptByAlias } of target.changing) {
    if (keptByAlias !== undefined) throw new FailureError(keptByAlias);
  }
}

/**
 * A function without an alias to shift takes all traffic the moment its code changes, so it is
 * released at the first weight above 0, and never earlier.
 */
async function setWeight(
  target: TargetState,
  { weight }: SetWeightStep,
  steps: readonly Step[],
): Promise<void> {
  const released = withoutShifting(target);
  if (weight > 0) {
    await releaseAll(target, steps);
    await provisionAll(target);
  }
  const shifting = target.changing.filter((fn) => fn.shiftable);
  const text =
    shifting.length === 0
      ? 'looking whether all is as it should be'
      : `giving ${weight} % of the traffic to ${names(shifting)}`;
  target.say('shifting', text);
  await together(released.map((fn) => () => assertOwn(fn)));
  await together(shifting.map((fn) => () => shift(fn, weight)));
}

/** What a notice of pauses that are left out is about. */
const LEFT_OUT = 'pauses';

function isLeftOut(target: TargetState, steps: readonly Step[], index: number): boolean {
  return isPauseAfterWeight(steps, index) && target.changing.every(({ isFirst }) => isFirst);
}

function leftOutText({ name, changing }: TargetState): string {
  return `Nothing serves traffic of ${names(changing)} at ${name} yet, so pauses after weights are left out.`;
}

async function waitBetween(
  target: TargetState,
  gate: string,
  step: Exclude<Step, SetWeightStep>,
): Promise<void> {
  target.say('waiting', waitText(gate, step));
  await waitAt(target, gate, step);
  target.waits += 1;
}

/**
 * Released functions without an alias to shift. A change by somebody else would be met by
 * UpdateAlias; of these it is only found by looking.
 */
function withoutShifting(target: TargetState): FunctionLedger[] {
  return target.changing.filter((fn) => fn.version !== undefined && !fn.shiftable);
}

async function releaseAll(
  target: TargetState,
  steps: readonly Step[],
  which: (fn: FunctionLedger) => boolean = () => true,
): Promise<void> {
  const unreleased = (): FunctionLedger[] =>
    target.changing.filter((fn) => fn.version === undefined && which(fn));
  // What others changed during a wait is what a rollback goes back to, so it is looked at again.
  const outdated = unreleased().filter((fn) => fn.inspectedAfter < target.waits);
  await together(outdated.map((fn) => () => inspect(target, fn)));
  if (outdated.length > 0) {
    assertFree(target);
    assertCanSplit(target, steps);
    assertRuntimes(target);
    assertNotKeptByAlias(target);
    await keepReplaced(target);
  }
  const releasing = unreleased();
  if (releasing.length === 0) return;
  target.say('releasing', `releasing ${names(releasing)}`);
  await together(releasing.map((fn) => () => release(target, fn)));
}

function names(functions: readonly FunctionLedger[]): string {
  return functions.map((fn) => fn.name).join(', ');
}
