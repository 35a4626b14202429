import type { FunctionSnapshot } from './functions.js';
import type { FunctionPlan, Step } from './plan.js';
import type { FunctionPreflight } from './preflight.js';
import type { FunctionProgress } from './status.js';

/*
 * A function is deployed for the first time as long as nothing serves its traffic: it does not exist,
 * or the alias that is to carry its traffic does not. There is nothing that could be shifted from.
 *
 * Where all that changes at a target is so, weights share out nothing, and a pause after a weight
 * would wait while nobody uses the new version: it is left out. What decides stays: approvals,
 * webhooks and analyses. So does a pause before the first weight, which waits for something else.
 */

export function isFirstDeployment(
  { latest, alias }: FunctionSnapshot,
  plan: Pick<FunctionPlan, 'alias'>,
): boolean {
  return latest === undefined || (plan.alias !== undefined && alias === undefined);
}

/** Whether a new version waits for its alias, which is created when everything else is done. */
export function awaitsAlias({ first, alias, weight }: FunctionProgress): boolean {
  return first === true && alias !== undefined && weight === 0;
}

/** Whether a step of a strategy is a pause after a weight: it lets a share of the traffic take effect. */
export function isPauseAfterWeight(steps: readonly Step[], index: number): boolean {
  const before = steps.slice(0, index);
  return steps[index]?.type === 'pause' && before.some(({ type }) => type === 'setWeight');
}

/** The steps of a strategy that take time where nothing serves traffic yet. */
export function withoutPausesAfterWeights(steps: readonly Step[]): Step[] {
  return steps.filter((_, index) => !isPauseAfterWeight(steps, index));
}

/**
 * Whether a target would leave out pauses of its strategy: all that would change there would be
 * deployed for the first time.
 */
export function wouldLeaveOutPauses(
  functions: readonly FunctionPreflight[],
  steps: readonly Step[],
): boolean {
  const changing = functions.filter(({ change }) => change !== 'unchanged');
  const isFirst = ({ change, alias }: FunctionPreflight): boolean =>
    change === 'create' || alias?.created === true;
  const hasSome = steps.some((_, index) => isPauseAfterWeight(steps, index));
  return hasSome && changing.length > 0 && changing.every(isFirst);
}
