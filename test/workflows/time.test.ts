import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bigger, denied, deployment, deployTarget, refused } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { outcomeOf } from '../support/outcomes.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.thatSkipsTime();
});
afterAll(async () => {
  await temporal.stop();
});

describe("the deployment's timeout", () => {
  it('rolls back what takes too long', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    void lambda.failForEver('updateCode', 'f');
    const outcome = await deployTarget(
      temporal,
      lambda,
      targetPlan('t', { functionNames: ['f'] }),
      {
        timeoutMs: 90_000,
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'timedOut' } });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('blocks a target at which nothing was written yet', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    void lambda.failForEver('inspectFunction', 'f');
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functionNames: ['f'] }));
    expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'timedOut' } });
    expect(lambda.writes).toEqual([]);
  });
});

describe('a rollback that AWS refuses', () => {
  const functions = [functionPlan('f', { settings: bigger })];

  it('goes on by itself once the cause is mended', async () => {
    const lambda = new MemoryLambda();
    const before = lambda.put('f', EMPTY).latest;
    lambda.fail('updateCode', 'f', refused);
    lambda.fail('restoreSettings', 'f', denied, 3);
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: refused });
    expect(lambda.get('f').latest.settings).toEqual(before.settings);
  });

  it('shows what keeps it, and ends as failed only when an operator abandons it', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    lambda.fail('updateCode', 'f', refused);
    const stuck = new Promise<void>((resolve) => {
      const { restoreSettings } = lambda.activities;
      lambda.activities.restoreSettings = (input) => {
        resolve();
        lambda.fail('restoreSettings', 'f', denied);
        return restoreSettings(input);
      };
    });
    const wanted = deployment(targetPlan('t', { functions }));
    const outcome = await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await stuck;
      const target = temporal.target(wanted, 't');
      await eventually(async () =>
        expect(await target.query('status')).toMatchObject({
          phase: 'rollbackStuck',
          problems: [{ code: 'accessDenied', function: 'f' }],
        }),
      );
      await target.signal('abandon', { any: 'input' });
      await outcomeOf(handle);
      return temporal.targetOutcome(wanted, 't');
    });
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      failure: refused,
      warnings: [{ code: 'rollbackAbandoned', function: 'f' }],
    });
    expect(lambda.get('f').latest.settings.memorySize).toBe(256);
  });
});
