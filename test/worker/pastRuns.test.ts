import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPastRuns } from '../../src/worker/pastRuns.js';
import { lambdaWithFunctions } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
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

describe('the versions that the runs of a target name', () => {
  it('are what served before and after each of them, as long as Temporal remembers it', async () => {
    const functions = [functionPlan('f', { alias: 'live' }), functionPlan('h')];
    const plan = deployment(targetPlan('prod', { functions }));
    const lambda = lambdaWithFunctions();
    await temporal.with(lambda, async () => {
      await temporal.deploy(plan);
      lambda.bytes = 'second';
      await temporal.deploy(plan);
    });
    const pastRuns = createPastRuns(temporal.env.client);
    const of = (name: string, target = 'prod') =>
      pastRuns({ application: plan.application, target, function: name });
    await eventually(async () => expect((await of('f')).versions.sort()).toEqual(['1', '2', '3']));
    expect((await of('f')).rememberedMs).toBeGreaterThanOrEqual(24 * 60 * 60_000);
    expect((await of('g')).versions).toEqual([]);
    expect((await of('f', 'staging')).versions).toEqual([]);
  });
});
