import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bigger, denied, deployTarget, refused } from '../support/deployments.js';
import { targetWorkflowId } from '../../src/domain/names.js';
import type { Step } from '../../src/domain/plan.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { aliasAt } from '../support/memoryRules.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a function without an alias', () => {
  it('is created when it does not exist', async () => {
    const lambda = new MemoryLambda();
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functionNames: ['f'] }));
    expect(outcome).toMatchObject({
      status: 'deployed',
      functions: [{ name: 'f', version: '1', codeSha256: hash('first') }],
    });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('first'));
  });

  it('is removed again when it was created and something fails afterwards', async () => {
    const lambda = new MemoryLambda();
    lambda.fail('publishVersion', 'f', refused);
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functionNames: ['f'] }));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: refused });
    expect(lambda.functions.has('f')).toBe(false);
  });

  it('keeps settings the file does not name', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', { ...EMPTY, timeout: 99, environmentHashes: { A: 'x' } });
    const functions = [functionPlan('f', { settings: bigger })];
    await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(lambda.get('f').latest.settings).toMatchObject({
      memorySize: 256,
      timeout: 99,
      environmentHashes: { A: 'x' },
    });
  });

  it('gets its old settings and a version of them back when the code is refused', async () => {
    const lambda = new MemoryLambda();
    const before = lambda.put('f', EMPTY).latest;
    lambda.fail('updateCode', 'f', { code: 'packageRejected', message: 'Not a zip.' });
    const functions = [functionPlan('f', { settings: bigger })];
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'packageRejected' } });
    const { latest, versions } = lambda.get('f');
    expect(latest.settings).toEqual(before.settings);
    expect(latest.codeSha256).toBe(before.codeSha256);
    expect(versions.at(-1)).toMatchObject({ settings: before.settings });
  });

  it('is left alone when it is already as the plan says', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY).latest.codeSha256 = hash('first');
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functionNames: ['f'] }));
    expect(outcome.status).toBe('unchanged');
    expect(lambda.writes).toEqual([]);
    expect(lambda.get('f').versions).toHaveLength(1);
  });
});

describe('a function with an alias', () => {
  const functions = [functionPlan('f', { alias: 'live' })];
  const steps: Step[] = [
    { type: 'setWeight', weight: 10 },
    { type: 'setWeight', weight: 100 },
  ];
  const canary = { strategies: { canary: { steps } } };
  const target = targetPlan('t', { functions, strategy: 'canary' });

  it('is shifted step by step with the old version as primary, then promoted', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const shapes: unknown[] = [];
    const { updateAlias } = lambda.activities;
    lambda.activities.updateAlias = async (input) => {
      shapes.push(input.shape);
      return updateAlias(input);
    };
    const outcome = await deployTarget(temporal, lambda, target, canary);
    expect(outcome.status).toBe('deployed');
    expect(shapes).toEqual([
      { version: '1', weights: { 2: 0.1 } },
      { version: '2', weights: {} },
    ]);
  });

  it('serves what it served before, weights and all, when the promotion fails', async () => {
    const lambda = new MemoryLambda();
    const made = lambda.put('f', EMPTY, 'live');
    const leftover = aliasAt('1', { weights: { 7: 0.3 }, description: 'ours' });
    made.aliases.set('live', leftover);
    made.versions.push(...made.versions.map((one) => ({ ...one, version: '7' })));
    const { updateAlias } = lambda.activities;
    lambda.activities.updateAlias = async (input) => {
      if (input.shape.version !== '1') lambda.fail('updateAlias', 'f', denied);
      return updateAlias(input);
    };
    const outcome = await deployTarget(temporal, lambda, target, canary);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'accessDenied' } });
    expect(lambda.get('f').aliases.get('live')).toMatchObject({
      version: '1',
      weights: { 7: 0.3 },
    });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('gets the alias at the end when there is none, and loses it when that fails', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    expect(await deployTarget(temporal, lambda, target, canary)).toMatchObject({
      status: 'deployed',
    });
    expect(lambda.get('f').aliases.get('live')).toMatchObject({ version: '2', weights: {} });
  });

  it('is left to whoever changed the alias in the middle, and that is told', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const { publishVersion } = lambda.activities;
    const foreign = aliasAt('9', { revisionId: 'foreign' });
    lambda.activities.publishVersion = async (input) => {
      lambda.get('f').aliases.set('live', foreign);
      return publishVersion(input);
    };
    const outcome = await deployTarget(temporal, lambda, target, canary);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(outcome.failure?.message).toContain('it serves version 9, and version 1 was expected');
    expect(lambda.get('f').aliases.get('live')).toEqual(foreign);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('is deployed although its revisions move, as long as the content stays', async () => {
    const lambda = new MemoryLambda();
    const made = lambda.put('f', EMPTY, 'live');
    const { updateCode } = lambda.activities;
    let moves = 0;
    lambda.activities.updateCode = async (input) => {
      if (moves < 3) made.latest = { ...made.latest, revisionId: `moved-${(moves += 1)}` };
      return updateCode(input);
    };
    expect(await deployTarget(temporal, lambda, target, canary)).toMatchObject({
      status: 'deployed',
    });
    expect(lambda.get('f').aliases.get('live')).toMatchObject({ version: '2', weights: {} });
  });
});

describe('a rollback among changes of somebody else', () => {
  const functions = [functionPlan('f', { settings: { ...bigger, timeout: 20 }, alias: 'live' })];

  it('restores the settings that are still its own, and tells of the others', async () => {
    const lambda = new MemoryLambda();
    const made = lambda.put('f', EMPTY, 'live');
    const { updateCode } = lambda.activities;
    lambda.activities.updateCode = async (input) => {
      made.latest = {
        ...made.latest,
        revisionId: 'foreign',
        settings: { ...made.latest.settings, memorySize: 999 },
      };
      return updateCode(input);
    };
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'foreignChange' },
      warnings: [{ code: 'foreignChange', function: 'f' }],
    });
    expect(lambda.get('f').latest.settings).toMatchObject({ memorySize: 999, timeout: 3 });
  });

  it('ends although somebody has deleted the alias', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const gone = { code: 'foreignChange', message: 'The alias no longer exists.' } as const;
    lambda.fail('updateAlias', 'f', gone, 5);
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: gone, warnings: [gone] });
    expect(lambda.get('f').latest.settings).toMatchObject({ memorySize: 128, timeout: 3 });
  });
});

describe('a rollback whose traffic is back, but whose $LATEST AWS will not take back', () => {
  it('has rolled back, and says what is left', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const { updateAlias } = lambda.activities;
    let promoting = true;
    lambda.activities.updateAlias = async (input) => {
      if (promoting) lambda.fail('updateAlias', 'f', denied);
      promoting = false;
      return updateAlias(input);
    };
    lambda.fail('restoreCode', 'f', {
      code: 'settingsRejected',
      message: 'The runtime is retired.',
    });
    const functions = [functionPlan('f', { alias: 'live' })];
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: denied,
      warnings: [{ code: 'notRestored', message: 'The runtime is retired.' }],
    });
    expect(lambda.get('f').aliases.get('live')).toMatchObject({ version: '1', weights: {} });
  });
});

describe('a new execution role over an alias', () => {
  const settings = { ...functionPlan('f').settings, role: 'arn:aws:iam::111111111111:role/Other' };
  const functions = [functionPlan('f', { settings, alias: 'live' })];

  it('is refused before the first write where traffic would be split', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const steps: Step[] = [{ type: 'setWeight', weight: 10 }];
    const target = targetPlan('t', { functions, strategy: 'canary' });
    const outcome = await deployTarget(temporal, lambda, target, {
      strategies: { canary: { steps } },
    });
    expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'splitImpossible' } });
    expect(lambda.get('f').versions).toHaveLength(1);
  });

  it('is deployed all at once', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome.status).toBe('deployed');
  });
});

describe('several functions of one target', () => {
  it('are all taken back when one fails', async () => {
    const lambda = new MemoryLambda();
    lambda.put('a', EMPTY, 'live');
    lambda.put('b', EMPTY, 'live');
    lambda.fail('updateCode', 'b', refused);
    const functions = ['a', 'b', 'c'].map((name) => functionPlan(name, { alias: 'live' }));
    const outcome = await deployTarget(temporal, lambda, targetPlan('t', { functions }));
    expect(outcome.status).toBe('rolledBack');
    for (const name of ['a', 'b']) {
      expect(lambda.get(name).latest.codeSha256).toBe(hash('before'));
      expect(lambda.get(name).aliases.get('live')).toMatchObject({ version: '1', weights: {} });
    }
    expect(lambda.functions.has('c')).toBe(false);
  });
});

describe('a target whose workflow is started by hand', () => {
  it('is refused with a sentence', async () => {
    const application = uniqueName('shop');
    await temporal.with(new MemoryLambda(), async () => {
      const handle = await temporal.env.client.workflow.start('sluiceTarget', {
        taskQueue: temporal.taskQueue,
        workflowId: targetWorkflowId(application, 't'),
        args: [{ schemaVersion: 1 }],
      });
      await expect(handle.result()).rejects.toMatchObject({
        cause: { message: expect.stringContaining('Start a deployment instead') },
      });
    });
  });
});
