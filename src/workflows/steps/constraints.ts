import { gateId } from '../../domain/gates.js';
import type { AfterStep } from '../../domain/plan.js';
import type { TargetState } from '../state/targetState.js';
import { together } from '../temporal/together.js';
import { waitAt } from './waits.js';

const LISTS = {
  before: { phase: 'beforeDeployment', moment: 'before the deployment' },
  after: { phase: 'afterDeployment', moment: 'after the deployment' },
} as const;

/**
 * Waits until every constraint of a list is met, side by side. The first that is not ends the wait
 * for the others: a webhook that failed does not wait for an approval.
 */
export async function meetConstraints(
  target: TargetState,
  list: keyof typeof LISTS,
  steps: readonly AfterStep[],
): Promise<void> {
  if (steps.length === 0) return;
  const { phase, moment } = LISTS[list];
  const what =
    steps.length === 1 ? 'what has to happen' : `the ${steps.length} things that have to happen`;
  target.say(phase, `waiting for ${what} ${moment}`);
  await target.clock.whileWaiting(() =>
    together(
      steps.map((step, index) => () => {
        const gate = gateId(target.name, list, index + 1);
        return target.clock.branch(() => waitAt(target, gate, step));
      }),
    ),
  );
}
