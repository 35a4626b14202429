import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetProgress } from '../../src/domain/status.js';
import { canary, during, lambdaWithFunctions, type Parts } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { outcomeOf } from '../support/outcomes.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a service that sends updates', () => {
  it.concurrent(
    'is answered, and is refused with a reason when there is nothing to decide',
    async () => {
      const { outcome } = await during(temporal, canary, async ({ target }) => {
        await untilOpen(target(), 'prod/steps/2');
        await expect(target().executeUpdate('skipPause', { args: [] })).rejects.toMatchObject({
          cause: { message: 'There is no pause at prod.' },
        });
        await expect(
          target().executeUpdate('approve', { args: [{ gate: 'prod/steps/1' }] }),
        ).rejects.toMatchObject({ cause: { message: 'No gate prod/steps/1 is open.' } });
        await expect(target().executeUpdate('approve', { args: [{ by: 'ci' }] })).resolves.toEqual({
          done: 'prod/steps/2: approved',
        });
      });
      expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ by: 'ci' }] });
    },
  );

  it.concurrent('rolls a whole deployment back', async () => {
    const { outcome } = await during(temporal, canary, async ({ deployment: whole, target }) => {
      await untilOpen(target(), 'prod/steps/2');
      const answer = await whole.executeUpdate('rollback', { args: [{ by: 'ci' }] });
      expect(answer).toEqual({ done: 'What has not ended is rolled back.' });
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'rollbackRequested', message: 'A rollback was asked for by ci.' },
    });
  });
});

describe('answers to the deployment', () => {
  const two = ['eu', 'prod'].map((name) =>
    targetPlan(name, { functions: [functionPlan(name, { alias: 'live' })], strategy: 'canary' }),
  );

  it.concurrent('reach the only gate that is open, without its name', async () => {
    const { outcome } = await during(temporal, canary, async ({ deployment: whole }) => {
      const [gate] = await untilOpen(whole, 'prod/steps/2');
      expect(gate?.kind).toBe('approval');
      await whole.signal('approve', { by: 'alice' });
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ by: 'alice' }] });
  });

  it.concurrent('approve nothing while several gates are open, unless they name one', async () => {
    const act = async ({ deployment: whole, target }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('approve');
      expect(await untilIgnored(whole, 'approve')).toBe(
        'Several gates are open: name one of eu/steps/2, prod/steps/2.',
      );
      await whole.signal('approve', { gate: 'prod/steps/2' });
      await untilOpen(whole, 'eu/steps/2');
      expect((await target('eu').query<TargetProgress>('status')).decisions).toEqual([]);
      await whole.signal('approve', 'eu/steps/2');
    };
    expect((await during(temporal, canary, act, two)).outcome.status).toBe('deployed');
  });

  it.concurrent('reject everything that waits when they name nothing', async () => {
    const act = async ({ deployment: whole, plan }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('reject');
      expect(await temporal.targetOutcome(plan, 'eu')).toMatchObject({
        failure: { code: 'approvalRejected' },
      });
    };
    expect((await during(temporal, canary, act, two)).outcome).toMatchObject({
      failure: { code: 'approvalRejected' },
    });
  });

  it.concurrent('find every gate of many targets that all began to wait at once', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const many = names.map((name) =>
      targetPlan(name, { functionNames: [name], beforeDeployment: [{ type: 'approval' }] }),
    );
    const plan = deployment(...many);
    const outcome = await temporal.with(lambdaWithFunctions(), async () => {
      const whole = await temporal.start(plan);
      await untilOpen(whole, ...names.map((name) => `${name}/before/1`));
      await whole.signal('reject', { by: 'bob' });
      return outcomeOf(whole);
    });
    expect(outcome.counts).toEqual({ blocked: 40 });
  });

  it.concurrent('are recorded when they reach nobody', async () => {
    await during(temporal, canary, async ({ deployment: whole, target }) => {
      await untilOpen(whole, 'prod/steps/2');
      await whole.signal('approve', { gate: 'elsewhere/steps/1' });
      expect(await untilIgnored(whole, 'approve')).toBe('There is no target elsewhere.');
      await whole.signal('retry', { gate: 'nonsense' });
      expect(await untilIgnored(whole, 'retry')).toBe('nonsense is no gate.');
      await target().signal('approve');
    });
  });

  it.concurrent('roll back one target only, if they name it', async () => {
    const act = async ({ deployment: whole }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('rollback', { target: 'prod', by: 'alice' });
      await untilOpen(whole, 'eu/steps/2');
      await whole.signal('approve');
    };
    const { outcome } = await during(temporal, canary, act, two);
    expect(outcome).toMatchObject({ failure: { code: 'rollbackRequested' } });
  });
});

describe('a reason that ends like the name of a gate', () => {
  it.concurrent.each([
    ['rollback', 'rollbackRequested', 'as in https://wiki.example.com/runbooks/rollback'],
    ['reject', 'approvalRejected', 'errors since prod/steps/2'],
  ])('is a reason all the same: %s', async (verb, code, reason) => {
    const { outcome } = await during(temporal, canary, async ({ deployment: whole }) => {
      await untilOpen(whole, 'prod/steps/2');
      await whole.signal(verb, reason);
    });
    expect(outcome).toMatchObject({ failure: { code }, decisions: [{ comment: reason }] });
  });
});
