import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  ConflictError,
  connect,
  InvalidDeploymentError,
  InvalidFileError,
  type Sluice,
} from '../../src/client.js';
import type { Plan } from '../../src/domain/plan.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { plan, targetPlan } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { startNow } from '../support/startNow.js';
import { directClient, endAll } from './direct.js';

const example = new URL('../../examples/basic.yaml', import.meta.url).pathname;

let namespace: string;
let sluice: Sluice;
beforeAll(async () => {
  namespace = await makeNamespace();
  sluice = await connect({ address: shared.temporalAddress, namespace });
});
afterEach(() => endAll(namespace));
afterAll(() => sluice.close());

function wanted(changes: Partial<Plan> = {}): Plan {
  return plan([targetPlan('prod')], { application: uniqueName('shop'), ...changes });
}

describe('a start', () => {
  it('of nothing says what it takes', async () => {
    for (const given of [{}, { path: 'deploy.yaml' }, { file: undefined }, { text: 5 }]) {
      await expect(sluice.start(given as never)).rejects.toMatchObject({
        code: 'invalidArguments',
        message: expect.stringContaining('as `text`'),
      });
    }
  });

  it('deploys what is asked for beside the file', async () => {
    const file = new URL('../../examples/multi-region.yaml', import.meta.url).pathname;
    const started = await startNow(sluice, { file, asked: { targets: ['staging', 'prod-eu'] } });
    await using temporal = await directClient(namespace);
    const handle = temporal.client.workflow.getHandle(started.workflowId, started.runId);
    expect(await (await handle.describe()).staticSummary()).toBe('checkout to 2 targets');
  });

  it('starts the plan of a file, and says who and what to Temporal', async () => {
    const started = await startNow(sluice, { file: example, startedBy: 'ana', commit: '4f2e' });
    expect(started).toMatchObject({
      application: 'potatoless-facts',
      workflowId: 'sluice:potatoless-facts',
      namespace,
      workersPolling: false,
    });
    await using temporal = await directClient(namespace);
    const handle = temporal.client.workflow.getHandle(started.workflowId, started.runId);
    const described = await handle.describe();
    expect(described).toMatchObject({
      type: 'sluiceDeployment',
      taskQueue: 'sluice',
      memo: {
        schemaVersion: 1,
        deploymentId: started.deploymentId,
        application: 'potatoless-facts',
        startedBy: 'ana',
        commit: '4f2e',
      },
    });
    expect(await described.staticSummary()).toBe('potatoless-facts to 1 target');
    expect(await described.staticDetails()).toContain('started by ana');
  });

  it('takes a text, and a plan', async () => {
    const application = uniqueName('shop');
    const { deploymentId } = await startNow(sluice, { plan: wanted({ application }) });
    expect(await sluice.status(application)).toMatchObject({ deploymentId });
    const text = `version: v1\nkind: lambda\napplication: x`;
    const refused = sluice.start({ text, fileName: 'x.yaml' });
    await expect(refused).rejects.toBeInstanceOf(InvalidFileError);
    await expect(refused).rejects.toThrow(/x\.yaml:\d+:\d+: error/);
  });

  it('takes what a parser made of a file, and says by paths what is wrong with it', async () => {
    const text = (await readFile(example, 'utf8')).replace('potatoless-facts', uniqueName('shop'));
    const parsed = parse(text) as { application: string; targets: Record<string, object> };
    const { deploymentId } = await sluice.start({ parsed });
    expect(await sluice.status(parsed.application)).toMatchObject({ deploymentId });
    const refused = sluice.start({ parsed: { ...parsed, application: 1.5 } });
    await expect(refused).rejects.toBeInstanceOf(InvalidDeploymentError);
    await expect(refused).rejects.toMatchObject({
      code: 'invalidFile',
      problems: [{ path: 'application' }],
      message: expect.stringMatching(
        /^The object is not a deployment:\n- application must be text, not 1\.5\. Write /,
      ),
    });
  });

  it('is refused while another deployment of the application runs, which it names', async () => {
    const first = wanted();
    await startNow(sluice, { plan: first, startedBy: 'ana', commit: '4f2e' });
    const second = sluice.start({ plan: wanted({ application: first.application }) });
    await expect(second).rejects.toBeInstanceOf(ConflictError);
    await expect(second).rejects.toMatchObject({
      code: 'conflict',
      running: { deploymentId: first.deploymentId, startedBy: 'ana', state: 'running' },
      message: expect.stringContaining(
        `deployment ${first.deploymentId}, started by ana from commit 4f2e at 20`,
      ),
    });
  });

  it('can be repeated with the same plan, which runs once, also when it has ended meanwhile', async () => {
    const once = wanted();
    const [first, second] = [
      await startNow(sluice, { plan: once }),
      await startNow(sluice, { plan: once }),
    ];
    expect(second.runId).toBe(first.runId);
    await endAll(namespace);
    expect((await startNow(sluice, { plan: once })).runId).toBe(first.runId);
  });

  it('is possible again when the last deployment has ended', async () => {
    const first = wanted();
    await startNow(sluice, { plan: first });
    await endAll(namespace);
    const again = await startNow(sluice, { plan: wanted({ application: first.application }) });
    expect(again.deploymentId).not.toBe(first.deploymentId);
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['/nowhere/deploy.yaml', 'There is no file /nowhere/deploy.yaml.'],
    [tmpdir(), 'is a directory'],
  ])('for the file %s', async (file, expected) => {
    const refused = sluice.start({ file });
    await expect(refused).rejects.toMatchObject({ code: 'invalidFile', diagnostics: [] });
    await expect(refused).rejects.toThrow(expected);
  });

  it('for a file that is no deployment, with the place', async () => {
    const file = join(tmpdir(), `${uniqueName('deploy')}.yaml`);
    await writeFile(file, 'version: v1\nkind: lambda\napplication: shop\ntypo: 1\n');
    await expect(sluice.start({ file })).rejects.toMatchObject({
      code: 'invalidFile',
      diagnostics: expect.arrayContaining([expect.objectContaining({ line: 4, column: 1 })]),
    });
  });

  it('for a plan with a fault, which is said', async () => {
    const faulty = wanted({ strategies: {} });
    await expect(sluice.start({ plan: faulty })).rejects.toMatchObject({ code: 'invalidPlan' });
  });

  it('for a plan that Temporal cannot take', async () => {
    const large = wanted({ context: { key: 'x'.repeat(1024 * 1024) } });
    await expect(sluice.start({ plan: large })).rejects.toMatchObject({ code: 'invalidPlan' });
  });
});
