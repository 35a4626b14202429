import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetPlan } from '../../src/domain/plan.js';
import { aliasOf, during, functions, lambdaWithFunctions, type Parts } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('constraints before a deployment', () => {
  const constrained = (steps: TargetPlan['beforeDeployment']) => [
    targetPlan('prod', { functions, beforeDeployment: steps, strategy: 'canary' }),
    targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'], strategy: 'canary' }),
  ];

  it.concurrent(
    'are waited for side by side, and nothing is written or looked at before',
    async () => {
      const targets = constrained([{ type: 'approval' }, { type: 'approval' }]);
      const act = async ({ target, lambda }: Parts) => {
        await untilOpen(target(), 'prod/before/1', 'prod/before/2');
        await target().signal('approve', { gate: 'prod/before/2' });
        await untilOpen(target(), 'prod/before/1');
        expect(lambda.writes).toEqual([]);
        await target().signal('approve');
      };
      expect((await during(temporal, [], act, targets)).outcome.status).toBe('deployed');
    },
  );

  it.concurrent('block the target and its dependents at once when one is not met', async () => {
    const targets = constrained([{ type: 'approval' }, { type: 'approval' }]);
    const act = async ({ target, deployment: whole }: Parts) => {
      await untilOpen(target(), 'prod/before/1', 'prod/before/2');
      await target().signal('reject', { gate: 'prod/before/1', by: 'bob' });
      expect(await outcomeOf(whole)).toMatchObject({
        status: 'failed',
        counts: { blocked: 2 },
        failures: [{ code: 'approvalRejected' }, { code: 'dependencyFailed' }],
      });
    };
    const { outcome, lambda } = await during(temporal, [], act, targets);
    expect(outcome).toMatchObject({ status: 'blocked' });
    expect(lambda.writes).toEqual([]);
  });
});

describe('constraints after a deployment', () => {
  const constrained = [
    targetPlan('prod', { functions, afterDeployment: [{ type: 'approval' }], strategy: 'canary' }),
    targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'], strategy: 'canary' }),
  ];

  it.concurrent.each(['reject', 'cancel'])(
    'leave the target deployed and block its dependents when the answer is %s',
    async (answer) => {
      const act = async ({ target, deployment: whole }: Parts) => {
        await untilOpen(target(), 'prod/after/1');
        if (answer === 'cancel') await whole.cancel();
        else await target().signal(answer);
        expect(await outcomeOf(whole)).toMatchObject({ counts: { deployed: 1 } });
      };
      const { outcome, lambda } = await during(temporal, [], act, constrained);
      const code = answer === 'cancel' ? 'cancelled' : 'approvalRejected';
      expect(outcome).toMatchObject({ status: 'deployed', failure: { code } });
      expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
      expect(lambda.functions.has('g')).toBe(false);
    },
  );

  it.concurrent('are still early enough for an operator who wants everything back', async () => {
    const act = async ({ deployment: whole }: Parts) => {
      await untilOpen(whole, 'prod/after/1');
      await whole.signal('rollback');
    };
    const { outcome, lambda } = await during(temporal, [], act, constrained);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'rollbackRequested' } });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.functions.has('g')).toBe(false);
  });
});

describe('a cancellation after an approval that nobody has acted on', () => {
  it.concurrent('leaves what was promoted and keeps the dependents from starting', async () => {
    const lambda = lambdaWithFunctions();
    const targets = [
      targetPlan('prod', { functions, afterDeployment: [{ type: 'approval' }] }),
      targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'] }),
    ];
    const plan = deployment(...targets);
    const target = temporal.target(plan, 'prod');
    const handle = await temporal.with(lambda, async () => {
      const started = await temporal.start(plan);
      await untilOpen(started, 'prod/after/1');
      return started;
    });
    await target.signal('approve');
    await target.cancel();
    await temporal.with(lambda, () => outcomeOf(handle), temporal.taskQueue);
    expect(await temporal.targetOutcome(plan, 'prod')).toMatchObject({
      status: 'deployed',
      failure: { code: 'cancelled' },
    });
    expect(lambda.functions.has('g')).toBe(false);
  });
});
