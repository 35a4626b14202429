import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Step } from '../../src/domain/plan.js';
import { lambdaWithFunctions } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const HOUR = 60 * 60_000;
const pause: Step = { type: 'pause', durationMs: HOUR };
const weight = (share: number): Step => ({ type: 'setWeight', weight: share });

/** A pause before the first weight, one after it, an approval, and one more pause. */
const steps: Step[] = [pause, weight(10), pause, { type: 'approval' }, weight(50), pause];

/** Deploys with an operator who skips and approves, and gives the gates at which that was. */
async function gatesPassed(lambda: MemoryLambda, names: string[]): Promise<(string | undefined)[]> {
  const functions = names.map((name) => functionPlan(name, { alias: 'live' }));
  const target = targetPlan('prod', { functions, strategy: 'canary' });
  const plan = { ...deployment(target), strategies: { canary: { steps } } };
  const passed: (string | undefined)[] = [];
  await temporal.with(lambda, async () => {
    const handle = await temporal.start(plan);
    const running = temporal.target(plan, 'prod');
    for (;;) {
      const { gates, outcome } = await untilProgress(
        running,
        (one) => one.outcome !== undefined || one.gates.some(({ id }) => !passed.includes(id)),
      );
      if (outcome !== undefined) break;
      const [gate] = gates;
      passed.push(gate?.id);
      await running.signal(gate?.kind === 'pause' ? 'skipPause' : 'approve', { gate: gate?.id });
    }
    expect(await outcomeOf(handle)).toMatchObject({ status: 'succeeded' });
  });
  return passed;
}

describe('a first deployment', () => {
  it.each<[string, () => MemoryLambda]>([
    ['of a function that does not exist', () => new MemoryLambda()],
    [
      'over an alias that does not exist',
      () => {
        const lambda = lambdaWithFunctions();
        lambda.get('f').aliases.clear();
        return lambda;
      },
    ],
  ])('%s, leaves out the pauses after weights, and nothing else', async (_, lambda) => {
    expect(await gatesPassed(lambda(), ['f'])).toEqual(['prod/steps/1', 'prod/steps/4']);
  });

  it('beside a function whose traffic is shifted, has every pause', async () => {
    expect(await gatesPassed(lambdaWithFunctions(), ['f', 'new'])).toEqual([
      'prod/steps/1',
      'prod/steps/3',
      'prod/steps/4',
      'prod/steps/6',
    ]);
  });

  it('says so in its status, where it waits for an approval, and names no share of the traffic', async () => {
    const lambda = new MemoryLambda();
    const functions = [functionPlan('f', { alias: 'live' })];
    const plan = {
      ...deployment(targetPlan('prod', { functions, strategy: 'canary' })),
      strategies: { canary: { steps: [weight(10), pause, { type: 'approval' } as const] } },
    };
    await temporal.with(lambda, async () => {
      const handle = await temporal.start(plan);
      const running = temporal.target(plan, 'prod');
      await untilOpen(running, 'prod/steps/3');
      const {
        notices,
        functions: [f],
      } = await untilProgress(running, () => true);
      expect(notices).toEqual([
        'Nothing serves traffic of f at prod yet, so pauses after weights are left out.',
      ]);
      expect(f).toMatchObject({ version: '1', weight: 0, first: true });
      await running.signal('approve');
      await outcomeOf(handle);
    });
  });
});
