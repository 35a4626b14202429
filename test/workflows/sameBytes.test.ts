import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.js';
import { deployment } from '../support/deployments.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a deployment whose targets deploy one function from different bytes', () => {
  /** The bytes of the package in the second region are others. */
  function apart(): MemoryLambda {
    const lambda = new MemoryLambda();
    const { pinPackages } = lambda.activities;
    lambda.activities.pinPackages = async (requests) => {
      const results = await pinPackages(requests);
      return results.map((result, index) =>
        'pinned' in result && requests[index]?.region === 'eu-west-1'
          ? { pinned: { ...result.pinned, codeSha256: 'other' } }
          : result,
      );
    };
    return lambda;
  }
  const both = (): Plan =>
    deployment(
      targetPlan('one', { functionNames: ['f'] }),
      targetPlan('two', { functionNames: ['f'], region: 'eu-west-1', dependsOn: ['one'] }),
    );

  it('goes on, and warns', async () => {
    const wanted = both();
    const warnings = await temporal.with(apart(), async () => {
      await temporal.deploy(wanted);
      return (await temporal.targetOutcome(wanted, 'two')).warnings;
    });
    expect(warnings).toMatchObject([{ code: 'packagesDiffer', target: 'two' }]);
    expect(warnings[0]?.message).toContain('whose bytes are others than those of one (s3://');
  });

  it('does not begin where the plan is strict', async () => {
    const lambda = apart();
    const wanted = { ...both(), strictArtifacts: true };
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ blocked: 2 });
    expect(outcome.failures[0]).toMatchObject({ target: 'one', code: 'packagesDiffer' });
    expect([...lambda.functions.keys()]).toEqual([]);
  });
});
