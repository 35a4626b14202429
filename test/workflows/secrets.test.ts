import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UpdateSettingsInput } from '../../src/activities/settings.js';
import type { TargetPlan } from '../../src/domain/plan.js';
import { deployment } from '../support/deployments.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

/** A target with one function, whose environment is filled in from these secrets. */
function withSecrets(name: string, secrets: string[], changes: Partial<TargetPlan> = {}) {
  const { settings, ...one } = functionPlan(name);
  const environment = Object.fromEntries(
    secrets.map((secret) => [secret.toUpperCase(), `a {{secrets.${secret}}}`]),
  );
  const functions = [{ ...one, settings: { ...settings, environment } }];
  return targetPlan(name, { functions, ...changes });
}

describe('the secrets of environments', () => {
  it('are fixed once, for all targets, and reach those that use them', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    const { updateSettings } = lambda.activities;
    let seen: UpdateSettingsInput | undefined;
    lambda.activities.updateSettings = (input) => updateSettings((seen = input));
    const wanted = deployment(
      withSecrets('f', ['a', 'b']),
      withSecrets('g', ['b', 'c'], { dependsOn: ['f'] }),
      targetPlan('h', { functionNames: ['h'] }),
    );
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ deployed: 3 });
    expect(lambda.secretsAsked).toEqual([['a', 'b', 'c']]);
    expect(seen?.secretVersions).toEqual({ a: 'v-a', b: 'v-b' });
    expect(seen?.settings.environment).toEqual({ A: 'a {{secrets.a}}', B: 'a {{secrets.b}}' });
  });

  it('block a target that has one which cannot be had, and no other', async () => {
    const lambda = new MemoryLambda();
    const failure = { code: 'secretNotFound', message: 'There is no secret c.' } as const;
    lambda.secrets = { c: { failure } };
    const wanted = deployment(withSecrets('f', ['a']), withSecrets('g', ['b', 'c']));
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ deployed: 1, blocked: 1 });
    expect(outcome.failures).toMatchObject([{ target: 'g', code: 'secretNotFound' }]);
    expect([...lambda.functions.keys()]).toEqual(['f']);
  });

  it('are asked for by no deployment that uses none', async () => {
    const lambda = new MemoryLambda();
    const outcome = await temporal.with(lambda, () =>
      temporal.deploy(deployment(targetPlan('h', { functionNames: ['h'] }))),
    );
    expect(outcome.counts).toEqual({ deployed: 1 });
    expect(lambda.secretsAsked).toEqual([]);
  });
});
