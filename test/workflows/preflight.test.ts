import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowFailedError } from '@temporalio/client';
import { plain } from '../../src/cli/view/paint.js';
import { preflightLines } from '../../src/cli/view/preflightView.js';
import { PREFLIGHT_WORKFLOW, preflightWorkflowId } from '../../src/domain/names.js';
import type { Plan } from '../../src/domain/plan.js';
import type { TargetPreflight } from '../../src/domain/preflight.js';
import { bigger, denied, deployment } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, nameOfPackage, plan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(() => temporal.stop());

/** Starts the workflow as a service in any language would. */
const start = (wanted: Plan) =>
  temporal.env.client.workflow.start(PREFLIGHT_WORKFLOW, {
    taskQueue: temporal.taskQueue,
    workflowId: preflightWorkflowId(wanted.application, wanted.deploymentId),
    args: [wanted],
  });

const lookAt = (wanted: Plan) => temporal.preflight(wanted);

describe('a look at what a deployment would change', () => {
  it('tells what would become of each function, and writes nothing', async () => {
    const lambda = new MemoryLambda();
    lambda.put('old', EMPTY, 'live');
    const functions = [
      functionPlan('old', { settings: bigger, alias: 'live' }),
      functionPlan('new'),
    ];
    const result = await temporal.with(lambda, () =>
      lookAt(deployment(targetPlan('t', { functions }))),
    );
    expect(result).toMatchObject({
      schemaVersion: 1,
      counts: { create: 1, change: 1, unchanged: 0, unknown: 0, problems: 0, warnings: 0 },
      targets: [
        { target: 't', accountId: '111111111111', functions: [{ name: 'old' }, { name: 'new' }] },
      ],
    });
    expect(lambda.writes).toEqual([]);
  });

  it('goes on where something cannot be seen, and says what', async () => {
    const missing = { code: 'packageNotFound', message: 'Not there.' } as const;
    const lambda = new MemoryLambda();
    lambda.fail('inspectPlace', 'closed', denied);
    lambda.fail('inspectFunction', 'hidden', denied);
    const { pinPackages } = lambda.activities;
    lambda.activities.pinPackages = async (requests) =>
      (await pinPackages(requests)).map((result, index) =>
        nameOfPackage(requests[index]!.package) === 'missing.zip' ? { failure: missing } : result,
      );
    lambda.fail('examineFunction', 'odd', { code: 'awsRefused', message: 'Not today.' });
    const names = ['hidden', 'missing', 'odd', 'fine'];
    const wanted = deployment(targetPlan('closed'), targetPlan('open', { functionNames: names }));
    const { targets, counts } = await temporal.with(lambda, () => lookAt(wanted));
    expect(counts).toMatchObject({ create: 2, unknown: 3, problems: 3, warnings: 1 });
    const [closed, open] = targets!;
    expect(closed).toMatchObject({ problems: [denied], functions: [{ change: 'unknown' }] });
    expect(open!.functions).toMatchObject([
      { change: 'unknown', problems: [{ ...denied, target: 'open', function: 'hidden' }] },
      { change: 'unknown', problems: [{ code: 'packageNotFound' }] },
      { change: 'create', warnings: [{ code: 'notChecked' }] },
      { change: 'create', problems: [], warnings: [] },
    ]);
  });

  it('says what becomes of provisioned concurrency, and what of it could not be seen', async () => {
    const lambda = new MemoryLambda();
    const provisioned = (name: string, of: Record<string, number>) => {
      lambda.put(name, EMPTY, 'live').provisioned = new Map(Object.entries(of));
    };
    provisioned('carried', { '1': 8 });
    provisioned('kept', { live: 8 });
    lambda.put('unseen', EMPTY, 'live');
    const { inspectFunction } = lambda.activities;
    lambda.activities.inspectFunction = async (input) => {
      const found = await inspectFunction(input);
      if (input.function !== 'unseen') return found;
      return { ...found, snapshot: { ...found.snapshot, provisionedUnknown: 'Denied.' } };
    };
    const named = { settings: bigger, alias: 'live' };
    const functions = [
      functionPlan('carried', named),
      functionPlan('kept', { ...named, provisionedConcurrency: 20 }),
      functionPlan('unseen', named),
    ];
    const { targets } = await temporal.with(lambda, () =>
      lookAt(deployment(targetPlan('t', { functions }))),
    );
    expect(targets?.[0]?.functions).toMatchObject([
      {
        provisionedConcurrency: { before: 8, after: 8, meanwhile: 16 },
        writes: [
          'PublishVersion',
          'UpdateFunctionConfiguration',
          'UpdateFunctionCode',
          'PutProvisionedConcurrencyConfig',
          'UpdateAlias',
          'DeleteProvisionedConcurrencyConfig',
        ],
      },
      { problems: [{ code: 'splitImpossible', target: 't', function: 'kept' }] },
      { warnings: [{ code: 'notChecked', check: 'provisionedConcurrency', message: 'Denied.' }] },
    ]);
  });

  it('says of functions that change and of others that their old versions would stay', async () => {
    const lambda = new MemoryLambda();
    for (const name of ['same', 'other']) lambda.put(name, EMPTY, 'live');
    const { latest, versions } = lambda.get('same');
    for (const one of [latest, ...versions]) one.codeSha256 = hash('first');
    const denied = { code: 'versionsNotDeleted', message: 'Denied.', remedy: 'Allow it.' } as const;
    lambda.activities.findOldVersions = ({ function: name }) =>
      Promise.resolve({
        versions: [name === 'same' ? '1' : '2'],
        isMore: false,
        warnings: [denied],
      });
    const functions = ['same', 'other'].map((name) =>
      functionPlan(name, { alias: 'live', keepVersions: 3 }),
    );
    const result = await temporal.with(lambda, () =>
      lookAt(deployment(targetPlan('t', { functions }))),
    );
    const shown = preflightLines({ problems: [], warnings: [], targets: [], ...result }, plain).map(
      ({ text }) => text.trim(),
    );
    expect(shown.slice(4)).toEqual([
      '= same  stays as it is (serves version 1)',
      'keepVersions  deletes 1',
      '! Denied. Allow it.',
      '~ other  would change (serves version 1)',
      expect.stringMatching(/^code /),
      'keepVersions  deletes 2',
      'traffic       live: version 1 → 100 % on the new version',
      '! Denied. Allow it.',
      '',
      'Functions: 1 to change, 1 unchanged. 0 problems, 2 warnings. Nothing was written.',
    ]);
  });

  it('of many targets is in pages, each far smaller than what Temporal carries', async () => {
    const environment = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`${'V'.repeat(30)}${index}`, 'x']),
    );
    const settings = { ...bigger, environment };
    const targets = Array.from({ length: 60 }, (_, index) =>
      targetPlan(`t${index}`, { functions: [functionPlan(`f${index}`, { settings })] }),
    );
    const lambda = new MemoryLambda();
    const { pages, result, counts } = await temporal.with(lambda, async () => {
      const found = await lookAt(deployment(...targets));
      const results = (found.pages ?? []).map((id) =>
        temporal.env.client.workflow.getHandle(id).result(),
      );
      return {
        pages: (await Promise.all(results)) as TargetPreflight[][],
        result: found,
        counts: found.counts,
      };
    });
    expect(result.targets).toBeUndefined();
    expect(counts.create).toBe(60);
    expect(pages.flat().map(({ target }) => target)).toEqual(targets.map(({ name }) => name));
    for (const page of [result, ...pages])
      expect(JSON.stringify(page).length).toBeLessThan(300_000);
  });

  it('ends at once when it is cancelled, with its pages', async () => {
    const targets = Array.from({ length: 60 }, (_, index) =>
      targetPlan(`t${index}`, { functionNames: [`f${index}`] }),
    );
    const lambda = new MemoryLambda();
    const reached = lambda.hang('inspectFunction', 'f0');
    await temporal.with(lambda, async () => {
      const handle = await start(deployment(...targets));
      await reached;
      await handle.cancel();
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      const page = temporal.env.client.workflow.getHandle(`${handle.workflowId}:1`);
      await expect(page.result()).rejects.toThrow(WorkflowFailedError);
      expect((await page.describe()).status.name).toBe('CANCELLED');
    });
  });

  it('fails with every problem of a plan that is none, whatever was sent', async () => {
    const lambda = new MemoryLambda();
    lambda.activities.checkPlan = (given) =>
      Promise.reject(new Error(`checked ${JSON.stringify(given)}`));
    await temporal.with(lambda, async () => {
      const handle = await temporal.env.client.workflow.start('sluicePreflightPage', {
        taskQueue: temporal.taskQueue,
        workflowId: preflightWorkflowId('nobody', plan([]).deploymentId),
        args: ['nonsense'],
      });
      await expect(handle.result()).rejects.toMatchObject({
        cause: { type: 'invalidPlan', message: expect.stringContaining('sluicePreflight') },
      });
    });
  });
});
