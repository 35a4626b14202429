import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bigger, deployment, deployTarget } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const target = targetPlan('prod', {
  functions: [functionPlan('f', { alias: 'live' }), functionPlan('g')],
});

function lambdaWith(room: number | undefined): MemoryLambda {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live');
  lambda.put('g', EMPTY);
  lambda.packageBytes = 600 * 1024;
  lambda.roomForCode = room;
  return lambda;
}

describe('an account that has no room for the code', () => {
  it('is found before the first write, counting every function of the target', async () => {
    const lambda = lambdaWith(1024 * 1024);
    const outcome = await deployTarget(temporal, lambda, target);
    expect(outcome).toMatchObject({
      status: 'blocked',
      failure: {
        code: 'codeStorageFull',
        message:
          'The account of prod has room for 1.0 MB more of code in us-east-1, and one version of what is deployed takes 1.2 MB.',
        remedy: expect.stringContaining('Delete versions of functions and of layers'),
      },
    });
    expect(lambda.writes).toEqual([]);
  });

  it.each<[string, (lambda: MemoryLambda) => void]>([
    ['stays as it is', (lambda) => (lambda.get('g').latest.codeSha256 = hash('first'))],
    ['refers to its package in S3', (lambda) => (lambda.get('g').latest.refersToPackage = true)],
  ])('is asked for no room for a function that %s', async (_, prepare) => {
    const lambda = lambdaWith(700 * 1024);
    prepare(lambda);
    expect(await deployTarget(temporal, lambda, target)).toMatchObject({ status: 'deployed' });
  });

  it('is found by a plan, too, also where nothing but a setting changes', async () => {
    const lambda = lambdaWith(1024 * 1024);
    for (const name of ['f', 'g']) lambda.get(name).latest.codeSha256 = hash('first');
    const functions = [
      functionPlan('f', { alias: 'live', settings: bigger }),
      functionPlan('g', { settings: bigger }),
    ];
    const wanted = deployment(targetPlan('prod', { functions }));
    const { targets = [] } = await temporal.with(lambda, () => temporal.preflight(wanted));
    expect(targets[0]?.problems).toMatchObject([{ code: 'codeStorageFull' }]);
    const outcome = await deployTarget(temporal, lambda, targetPlan('prod', { functions }));
    expect(outcome).toMatchObject({ status: 'blocked', failure: targets[0]?.problems[0] });
  });

  it('is no reason to stop where the role may not see it', async () => {
    const lambda = lambdaWith(undefined);
    expect(await deployTarget(temporal, lambda, target)).toMatchObject({ status: 'deployed' });
  });
});
