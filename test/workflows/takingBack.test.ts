import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetProgress } from '../../src/domain/status.js';
import { canary, during, functions, lambdaWithFunctions, type Parts } from '../support/canary.js';
import { bigger, denied, deployment } from '../support/deployments.js';
import { hash } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a rollback before a target has started', () => {
  it('keeps it from starting, also when it was about to', async () => {
    const lambda = lambdaWithFunctions();
    const plan = deployment(targetPlan('prod', { functions }));
    await temporal.with(lambda, async () => {
      const reading = lambda.hang('pinPackages', 'f.zip');
      const handle = await temporal.start(plan);
      await reading;
      await handle.signal('rollback', { by: 'alice' });
      expect(await outcomeOf(handle)).toMatchObject({
        status: 'rolledBack',
        counts: { cancelled: 1 },
        failures: [{ code: 'rollbackRequested' }],
      });
      lambda.release();
    });
    expect(lambda.writes).toEqual([]);
  });
});

describe('a target that waits before the first write', () => {
  const waiting = [
    targetPlan('prod', { functions, beforeDeployment: [{ type: 'approval' }], strategy: 'canary' }),
  ];

  it.each([
    ['rollback', 'rollbackRequested'],
    ['cancel', 'cancelled'],
  ])('ends as cancelled after a %s, and nothing was written', async (how, code) => {
    const act = async ({ target, deployment: whole }: Parts) => {
      await untilOpen(target(), 'prod/before/1');
      await (how === 'cancel' ? whole.cancel() : whole.signal(how));
    };
    const { outcome, lambda } = await during(temporal, [], act, waiting);
    expect(outcome).toMatchObject({ status: 'cancelled', failure: { code } });
    expect(lambda.writes).toEqual([]);
  });
});

describe('while everything is being taken back', () => {
  it('another rollback and an approval change nothing, and the status says so', async () => {
    const { outcome } = await during(temporal, canary, async ({ target, lambda }) => {
      await untilOpen(target(), 'prod/steps/2');
      const held = lambda.hang('restoreCode', 'f');
      await target().signal('rollback');
      await held;
      await target().signal('rollback');
      expect(await untilIgnored(target(), 'rollback')).toBe('prod is rolling back already.');
      await target().signal('approve');
      expect(await untilIgnored(target(), 'approve')).toBe(
        'Nothing waits for an approval at prod.',
      );
      await expect(target().executeUpdate('rollback')).rejects.toMatchObject({
        cause: { message: 'prod is rolling back already.' },
      });
      lambda.release();
    });
    expect(outcome.status).toBe('rolledBack');
  });

  it('only what is stuck is given up, and not what gets stuck later', async () => {
    const both = ['f', 'h'].map((name) => functionPlan(name, { settings: bigger }));
    const targets = [
      targetPlan('prod', { functions: both, afterDeployment: [{ type: 'approval' }] }),
    ];
    const { outcome, lambda } = await during(temporal, [], stuckOneAfterTheOther, targets);
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      warnings: [{ code: 'rollbackAbandoned', function: 'f' }],
    });
    expect(lambda.get('h').latest.codeSha256).toBe(hash('before'));
  });

  async function stuckOneAfterTheOther({ target, lambda }: Parts): Promise<void> {
    const problems = async () => (await target().query<TargetProgress>('status')).problems;
    await untilOpen(target(), 'prod/after/1');
    lambda.fail('restoreSettings', 'f', denied, Infinity);
    const held = lambda.hang('restoreSettings', 'h');
    lambda.fail('restoreCode', 'h', denied);
    await target().signal('rollback');
    await held;
    await eventually(async () => expect(await problems()).toMatchObject([{ function: 'f' }]));
    await target().signal('abandon');
    await eventually(async () => expect(await problems()).toEqual([]));
    lambda.release();
    await eventually(async () => expect(await problems()).toMatchObject([{ function: 'h' }]));
    await target().signal('retry');
  }
});

describe('a rollback that is stuck', () => {
  it('shows what holds and what has to be mended, and takes a retry through the deployment', async () => {
    const { outcome, lambda } = await during(
      temporal,
      canary,
      async ({ target, deployment: whole, lambda }) => {
        await untilOpen(target(), 'prod/steps/2');
        lambda.fail('updateAlias', 'f', denied);
        await target().signal('reject');
        const [gate] = await untilOpen(whole, 'prod/rollback');
        expect(gate?.kind).toBe('stuckRollback');
        expect(await target().query<TargetProgress>('status')).toMatchObject({
          phase: 'rollbackStuck',
          functions: [{ name: 'f', weight: 25, restored: [] }],
          problems: [{ code: 'accessDenied', function: 'f' }],
        });
        await whole.signal('retry', { by: 'alice' });
      },
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'approvalRejected' },
      decisions: [{ decision: 'rejected' }, { decision: 'retried', by: 'alice' }],
    });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('can be given up through the deployment, also when that has been cancelled', async () => {
    const act = async ({ target, deployment: whole, lambda }: Parts) => {
      await untilOpen(target(), 'prod/steps/2');
      lambda.fail('restoreCode', 'f', denied, Infinity);
      await whole.cancel();
      await untilOpen(whole, 'prod/rollback');
      await whole.signal('abandon');
    };
    const direct = [targetPlan('prod', { functionNames: ['f'], strategy: 'canary' })];
    const { outcome } = await during(temporal, canary, act, direct);
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      failure: { code: 'cancelled' },
      warnings: [{ code: 'rollbackAbandoned' }],
      decisions: [{ decision: 'abandoned', gate: 'prod/rollback' }],
    });
  });
});
