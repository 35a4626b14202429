import type { GateKind, OpenGate, StepList } from './gates.js';
import { gateId } from './gates.js';
import type { Step } from './plan.js';
import type { TargetInput } from './target.js';

/** A gate that a webhook tells of. */
export type ToldGate = Pick<OpenGate, 'id' | 'roles'> & {
  kind: Exclude<GateKind, 'stuckRollback'>;
};

/**
 * Which step of a list a webhook in it is about: the next one at which a person is asked. Steps that
 * run side by side wait together, so there the nearest one before it will do where none comes after.
 *
 * @param at - the webhook's place in the list
 * @returns a place in the list; -1 where the webhook is about none
 */
export function toldStep<One>(
  steps: readonly One[],
  at: number,
  { asks, sideBySide }: { asks: (step: One) => boolean; sideBySide: boolean },
): number {
  const after = steps.findIndex((step, index) => index > at && asks(step));
  return after < 0 && sideBySide ? steps.slice(0, at).findLastIndex(asks) : after;
}

/** The steps of a target, as they run. */
type Steps = Pick<TargetInput, 'target' | 'beforeDeployment' | 'strategy' | 'afterDeployment'>;

/**
 * The gate that a webhook without a callback of its own is about.
 *
 * @param own - the gate that stands for the webhook's step
 */
export function toldGate(target: Steps, own: string): ToldGate | undefined {
  for (const [list, steps] of listsOf(target)) {
    const ids = steps.map((_, index) => gateId(target.target, list, index + 1));
    const at = ids.indexOf(own);
    if (at < 0) continue;
    const told = toldStep(steps, at, { asks, sideBySide: list !== 'steps' });
    const step = steps[told];
    return step && { id: ids[told] ?? '', ...asked(step) };
  }
  return undefined;
}

function listsOf({ beforeDeployment, strategy, afterDeployment }: Steps): [StepList, Step[]][] {
  return [
    ['before', beforeDeployment],
    ['steps', strategy.steps],
    ['after', afterDeployment],
  ];
}

/** After an analysis a person may be asked; after one that rolls forward by hand, always. */
function asks(step: Step): boolean {
  if (step.type === 'analysis') return step.rollForwardMode === 'manual';
  return step.type === 'approval' || step.type === 'pause';
}

function asked(step: Step): Omit<ToldGate, 'id'> {
  if (step.type === 'pause') return { kind: 'pause' };
  const roles = step.type === 'approval' ? step.requiresRoles : undefined;
  return { kind: 'approval', ...(roles && { roles }) };
}
