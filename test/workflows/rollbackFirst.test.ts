import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.js';
import { deployment } from '../support/deployments.js';
import { canary, functions, lambdaWithFunctions } from '../support/canary.js';
import { EMPTY } from '../support/memoryLambda.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { until } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared({ maxConcurrentActivityTaskExecutions: 1 });
});
afterAll(async () => {
  await temporal.stop();
});

const OTHERS = Array.from({ length: 8 }, (_, index) => `other-${index}`);

it('gives traffic back before what waits for the worker, whatever came first', async () => {
  const lambda = lambdaWithFunctions();
  for (const name of OTHERS) lambda.put(name, EMPTY);
  const order: string[] = [];
  const { inspectFunction, updateAlias } = lambda.activities;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  lambda.activities.inspectFunction = async (input) => {
    order.push(`look at ${input.function}`);
    if (OTHERS.includes(input.function)) await released;
    return inspectFunction(input);
  };
  lambda.activities.updateAlias = async (input) => {
    if (input.rollback === true) order.push(`give ${input.function} back`);
    return updateAlias(input);
  };
  const waiting = {
    ...deployment(targetPlan('prod', { functions, strategy: 'canary' })),
    strategies: { canary: { steps: canary } },
  };
  const busy = deployment(
    ...OTHERS.map((name) => targetPlan(name, { functions: [functionPlan(name)] })),
  );

  await temporal.with(lambda, async () => {
    const goesBack = await temporal.start(waiting);
    await untilOpen(temporal.target(waiting, 'prod'), 'prod/steps/2');
    const others = await temporal.start(busy);
    await untilPending(OTHERS.map((name) => [busy, name]));
    await goesBack.signal('rollback');
    await untilPending([[waiting, 'prod']]);
    release();
    await Promise.all([outcomeOf(goesBack), outcomeOf(others)]);
  });

  const [first, ...later] = order.filter((what) => !what.endsWith('at f'));
  expect(first).toMatch(/^look at other-/);
  expect(later[0]).toBe('give f back');
  expect(later).toHaveLength(OTHERS.length);
});

/** Waits until each of these targets has something for a worker to do. */
async function untilPending(targets: readonly [plan: Plan, target: string][]): Promise<void> {
  for (const [plan, target] of targets)
    await until(`${target} had work`, async () => {
      const description = await temporal
        .target(plan, target)
        .describe()
        .catch(() => undefined);
      return description?.raw.pendingActivities?.length === 1 || undefined;
    });
}
