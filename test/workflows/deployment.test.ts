import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deployment, refused } from '../support/deployments.js';
import { holdPlanCheck } from '../support/heldPlanCheck.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { aliasAt } from '../support/memoryRules.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { outcomeOf } from '../support/outcomes.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a deployment of several targets', () => {
  it('succeeds when all targets do, and counts them', async () => {
    const lambda = new MemoryLambda();
    const wanted = deployment(
      targetPlan('one', { functionNames: ['f'] }),
      targetPlan('two', { functionNames: ['g'], dependsOn: ['one'] }),
    );
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome).toMatchObject({
      status: 'succeeded',
      deploymentId: wanted.deploymentId,
      counts: { deployed: 2 },
      failures: [],
    });
    expect(lambda.writes).toEqual([]);
    expect([...lambda.functions.keys()]).toEqual(['f', 'g']);
  });

  it('does not start what depends on a target that failed, but everything else', async () => {
    const lambda = new MemoryLambda();
    lambda.fail('createFunction', 'f', refused);
    const wanted = deployment(
      targetPlan('staging', { functionNames: ['f'] }),
      targetPlan('prod', { functionNames: ['g'], dependsOn: ['staging'] }),
      targetPlan('beyond', { functionNames: ['h'], dependsOn: ['prod'] }),
      targetPlan('other', { functionNames: ['i'] }),
    );
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.status).toBe('failed');
    expect(outcome.counts).toEqual({ rolledBack: 1, blocked: 2, deployed: 1 });
    expect(outcome.failures.map(({ target, code }) => [target, code])).toEqual([
      ['staging', 'settingsRejected'],
      ['prod', 'dependencyFailed'],
      ['beyond', 'dependencyFailed'],
    ]);
    expect([...lambda.functions.keys()]).toEqual(['i']);
  });

  it('blocks only the targets whose package cannot be read', async () => {
    const lambda = new MemoryLambda();
    lambda.fail('pinPackages', 'f.zip', { code: 'packageNotFound', message: 'No such key.' });
    const wanted = deployment(
      targetPlan('one', { functionNames: ['f'] }),
      targetPlan('two', { functionNames: ['g'], region: 'eu-west-1', dependsOn: ['one'] }),
    );
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ blocked: 2 });
    expect(outcome.failures[0]).toMatchObject({ target: 'one', code: 'packageNotFound' });
    expect([...lambda.functions.keys()]).toEqual([]);
  });

  it('releases one function for two targets one after the other', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'blue').aliases.set('green', aliasAt('1'));
    const alias = (name: string) => [functionPlan('f', { alias: name })];
    const wanted = deployment(
      targetPlan('one', { functions: alias('blue') }),
      targetPlan('two', { functions: alias('green') }),
    );
    const outcome = await temporal.with(lambda, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ deployed: 2 });
    expect(lambda.writes).toEqual(['updateCode f', 'updateAlias f', 'updateAlias f']);
    expect(lambda.get('f').versions).toHaveLength(2);
  });

  it('says where each target is while it runs, and pages long answers', async () => {
    const lambda = new MemoryLambda();
    const reached = lambda.hang('createFunction', 'f');
    const wanted = deployment(
      targetPlan('one', { functionNames: ['f'] }),
      targetPlan('two', { functionNames: ['g'], dependsOn: ['one'] }),
    );
    await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await reached;
      expect(await handle.query('status')).toMatchObject({
        schemaVersion: 1,
        deploymentId: wanted.deploymentId,
        phase: 'deploying',
        total: 2,
        offset: 0,
        targets: [
          { name: 'one', phase: 'running', accountId: '111111111111' },
          { name: 'two', phase: 'waiting', dependsOn: ['one'] },
        ],
      });
      expect(await handle.query('status', { offset: 1 })).toMatchObject({
        offset: 1,
        targets: [{ name: 'two' }],
      });
      await handle.cancel();
      await outcomeOf(handle);
    });
  });
});

async function hasHeardOfCancellation(handle: WorkflowHandle): Promise<boolean> {
  const events = (await handle.fetchHistory()).events ?? [];
  const asked = events.findIndex(
    (event) => event.workflowExecutionCancelRequestedEventAttributes != null,
  );
  const done = events.findLastIndex((event) => event.workflowTaskCompletedEventAttributes != null);
  return asked !== -1 && done > asked;
}

describe('a deployment that is cancelled', () => {
  it('takes back what is running, starts nothing more, and tells so', async () => {
    const lambda = new MemoryLambda();
    const before = lambda.put('f', EMPTY).latest;
    const reached = lambda.hang('updateCode', 'f');
    const wanted = deployment(
      targetPlan('one', {
        functions: [
          functionPlan('f', { settings: { ...functionPlan('f').settings, memorySize: 256 } }),
        ],
      }),
      targetPlan('two', { functionNames: ['g'], dependsOn: ['one'] }),
    );
    const outcome = await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await reached;
      await handle.cancel();
      return outcomeOf(handle);
    });
    expect(outcome.status).toBe('cancelled');
    expect(outcome.counts).toEqual({ rolledBack: 1, cancelled: 1 });
    expect(lambda.get('f').latest.settings).toEqual(before.settings);
    expect(lambda.get('f').latest.codeSha256).toBe(before.codeSha256);
    expect(lambda.functions.has('g')).toBe(false);
  });

  it('tells its outcome also when nobody had looked at the plan yet', async () => {
    const lambda = new MemoryLambda();
    const wanted = deployment(targetPlan('one', { functionNames: ['f'] }));
    const { checking, goOn } = holdPlanCheck(lambda);
    const outcome = await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await checking;
      await handle.cancel();
      await eventually(async () => expect(await hasHeardOfCancellation(handle)).toBe(true));
      goOn();
      return outcomeOf(handle);
    });
    expect(outcome).toMatchObject({ status: 'cancelled', counts: { cancelled: 1 } });
    expect(lambda.functions.has('f')).toBe(false);
  });

  it('writes nothing when nothing was written yet', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    const reached = lambda.hang('inspectFunction', 'f');
    const wanted = deployment(targetPlan('one', { functionNames: ['f'] }));
    const outcome = await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await reached;
      await handle.cancel();
      return outcomeOf(handle);
    });
    expect(outcome.counts).toEqual({ cancelled: 1 });
    expect(lambda.writes).toEqual([]);
  });
});

describe('a target that an earlier, terminated deployment still holds', () => {
  it('is cancelled, waited for while it rolls back, and then deployed', async () => {
    const lambda = new MemoryLambda();
    const before = lambda.put('f', EMPTY).latest;
    const functions = [
      functionPlan('f', { settings: { ...functionPlan('f').settings, memorySize: 256 } }),
    ];
    const wanted = deployment(targetPlan('one', { functions }));
    const reached = lambda.hang('updateCode', 'f');
    let repaired = (): void => undefined;
    const repair = new Promise<void>((resolve) => (repaired = resolve));
    const { restoreSettings } = lambda.activities;
    lambda.activities.restoreSettings = (input) => repair.then(() => restoreSettings(input));
    await temporal.with(lambda, async () => {
      lambda.activities.awaitClosed = (id) =>
        temporal.env.client.workflow.getHandle(id).result().then(ignore, ignore);
      const first = await temporal.start(wanted);
      await reached;
      await first.terminate();
      const second = await temporal.start({ ...wanted, deploymentId: 'the-second-one' });
      await eventually(async () =>
        expect(await second.query('status')).toMatchObject({
          notice: expect.stringContaining('still holds one'),
        }),
      );
      repaired();
      expect(await outcomeOf(second)).toMatchObject({ status: 'succeeded' });
    });
    expect(lambda.writes).toEqual([
      'updateSettings f',
      'restoreSettings f',
      'updateSettings f',
      'updateCode f',
    ]);
    expect(lambda.get('f').latest.codeSha256).not.toBe(before.codeSha256);
  });
});

const ignore = (): void => undefined;

describe('a deployment that is started with another workflow id than its application’s', () => {
  it('is refused: the lock would hold nothing', async () => {
    const lambda = new MemoryLambda();
    const wanted = deployment(targetPlan('one'));
    await temporal.with(lambda, async () => {
      const handle = await temporal.env.client.workflow.start('sluiceDeployment', {
        taskQueue: temporal.taskQueue,
        workflowId: `another:${wanted.application}`,
        args: [wanted],
      });
      await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'invalidPlan' } });
    });
    expect(lambda.functions.size).toBe(0);
  });
});

describe('a plan that no client has checked', () => {
  it('is refused before anything is done, whatever its shape', async () => {
    const lambda = new MemoryLambda();
    lambda.activities.checkPlan = async (value) => {
      expect(value).toBe('not a plan');
      throw await import('../../src/activities/awsFailure.js').then(({ activityFailure }) =>
        activityFailure({ code: 'invalidPlan', message: 'Not a plan.' }, { retryable: false }),
      );
    };
    const broken = deployment(targetPlan('one'));
    await temporal.with(lambda, async () => {
      const handle = await temporal.env.client.workflow.start('sluiceDeployment', {
        taskQueue: temporal.taskQueue,
        workflowId: `sluice:${broken.application}`,
        args: ['not a plan', 'and more'],
      });
      await expect(handle.result()).rejects.toMatchObject({
        cause: { type: 'invalidPlan', message: 'Not a plan.' },
      });
    });
    expect(lambda.functions.size).toBe(0);
  });
});
