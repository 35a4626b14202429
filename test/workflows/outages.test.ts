import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deployment } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe("the deployment's timeout", () => {
  it('counts the time in which no worker runs', async () => {
    const plan = { ...deployment(targetPlan('prod', { functionNames: ['f'] })), timeoutMs: 2000 };
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    const target = temporal.target(plan, 'prod');
    await temporal.with(lambda, async () => {
      const failed = lambda.failForEver('updateCode', 'f');
      await temporal.start(plan);
      await failed;
    });
    lambda.mend();
    const history = async () => historyToJSON(await target.fetchHistory());
    await eventually(async () => expect(await history()).toContain('EVENT_TYPE_TIMER_FIRED'));
    const outcome = await temporal.with(
      lambda,
      () => temporal.targetOutcome(plan, 'prod'),
      temporal.taskQueue,
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'timedOut' } });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });
});
