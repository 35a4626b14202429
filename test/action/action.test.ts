import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deploymentWorkflowId } from '../../src/domain/names.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { shared } from '../support/shared.js';
import { System } from '../support/system.js';
import { ActionRun, runAction } from './runner.js';

let system: System;
let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'sluice-workspace-'));
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
  await rm(workspace, { recursive: true });
});

const GITHUB = { GITHUB_ACTOR: 'octocat', GITHUB_SHA: '1f2e3d4c5b6a79880716253443526170a1b2c3d4' };

/** A step that uses the action with a deployment file of the repository. */
async function use(file: string, inputs: Record<string, string> = {}) {
  const path = `${uniqueName('deploy')}.yaml`;
  await writeFile(join(workspace, path), file);
  const temporal = { address: shared.temporalAddress, namespace: system.namespace };
  return { workspace, env: GITHUB, with: { 'path-to-file': path, ...temporal, ...inputs } };
}

const handleOf = (application: string) =>
  system.client.workflow.getHandle(deploymentWorkflowId(application));

describe('a job that waits for its deployment', () => {
  it('succeeds with it, and fails when it was rolled back', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target = { name: 'prod', place, functionName: name };
    await place.put(`${name}.zip`, 'first');
    const inputs = { waitForDeployment: 'true', uiUrl: 'https://temporal.example.com/' };

    const good = await runAction(await use(deploymentFile(application, [target]), inputs));
    expect([good.exitCode, good.output.shown]).toEqual([0, expect.stringContaining('deployed')]);
    const first = await place.holds(name);
    expect(first?.versions).toHaveLength(1);
    const { memo, runId } = await handleOf(application).describe();
    expect(memo).toMatchObject({ startedBy: 'octocat', commit: GITHUB.GITHUB_SHA });
    const workflow = encodeURIComponent(deploymentWorkflowId(application));
    expect(good.outputs).toEqual({
      DEPLOYMENT_ID: memo?.['deploymentId'],
      LINK: `https://temporal.example.com/namespaces/${system.namespace}/workflows/${workflow}/${runId}`,
      RUN_RESULT: 'SUCCEEDED',
    });
    expect(good.summary).toMatch(new RegExp(`^### ✔ ${application}: succeeded after \\d+:\\d\\d`));
    expect(good.summary).toContain(`| prod | ${place.account} us-east-1 | ✔ deployed | ${name}: `);
    expect(good.summary).toContain(`(<${good.outputs['LINK']}>)`);
    expect(good.output.of('error')).toEqual([]);

    await place.putBytes(`${name}.zip`, new TextEncoder().encode('no zip file'));
    const changed = { ...target, options: { memorySize: 512 } };
    const bad = await runAction(await use(deploymentFile(application, [changed]), inputs));
    expect([bad.exitCode, bad.outputs['RUN_RESULT']]).toEqual([4, 'FAILED']);
    expect(bad.summary).toContain(`### ✖ ${application}: failed after `);
    expect(bad.summary).toContain('↺ rolled back');
    const [failure] = (await outcomeOf(handleOf(application))).failures;
    expect(bad.summary).toContain('- **prod**: ');
    for (const text of ['Could not unzip uploaded file', failure?.remedy ?? 'no remedy'])
      expect(bad.summary.replaceAll('\\', '')).toContain(text);
    expect(bad.output.of('error')).toEqual([
      expect.objectContaining({ data: expect.stringContaining('Could not unzip uploaded file') }),
    ]);
    const after = await place.holds(name);
    expect(after?.settings).toEqual(first?.settings);
    expect(after?.codeSha256).toBe(first?.codeSha256);
  });

  it('keeps out another, and leaves its deployment alone when it is cancelled', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    await place.put(`${name}.zip`, 'first');
    const target = { name: 'prod', place, functionName: name, strategy: 'asked' };
    const steps = [{ pause: { untilApproved: true } }, { setWeight: { weight: 100 } }];
    const file = deploymentFile(application, [target], {
      strategies: { asked: { canary: { steps } } },
    });
    const waiting = new ActionRun(await use(file, { waitForDeployment: 'true' }));
    await waiting.says('prod/steps/1 waits for an approval');

    const other = await runAction(await use(file));
    expect([other.exitCode, other.outputs['DEPLOYMENT_ID']]).toEqual([3, '']);
    expect(other.output.of('error')).toEqual([
      expect.objectContaining({
        data: expect.stringContaining(`A deployment of "${application}" is running already`),
      }),
    ]);
    expect(other.summary).toContain('started by octocat from commit 1f2e3d4c');

    waiting.cancel();
    await waiting.ended;
    expect([waiting.exitCode, waiting.outputs['RUN_RESULT']]).toEqual([130, 'UNKNOWN']);
    expect(waiting.summary).toContain('The job was cancelled. The deployment goes on.');
    const [, approve] = /^To approve:\n\n```text\n(.*)\n```$/m.exec(waiting.summary) ?? [];
    expect(approve).toMatch(new RegExp(`${application}.*\\bprod/steps/1\\b`));
    await untilOpen(handleOf(application), 'prod/steps/1');
    await handleOf(application).signal('approve', { by: 'alice' });
    expect(await outcomeOf(handleOf(application))).toMatchObject({ status: 'succeeded' });
    expect(await place.holds(name)).toBeDefined();
  });
});

describe('a job with a file that cannot be deployed', () => {
  it('is told at the lines of the included file, as the repository names it', async () => {
    const place = await AwsPlace.make();
    const file = deploymentFile(uniqueName('shop'), [
      { name: 'prod', place, functionName: 'orders' },
    ]);
    const part = `${uniqueName('part')}.yaml`;
    await writeFile(join(workspace, part), 'webhooks: []\nowner: me\n');
    const run = await runAction(await use(`include: ./${part}\n${file}`));
    expect(run.exitCode).toBe(2);
    expect(run.output.of('error')).toMatchObject([{ properties: { file: part, line: '2' } }]);
  });

  it('fails with annotations at its lines, starts nothing, and shows no secret', async () => {
    const application = uniqueName('shop');
    const place = await AwsPlace.make();
    const file = deploymentFile(application, [{ name: 'prod', place, functionName: 'orders' }]);
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END PRIVATE KEY-----';
    const secrets = { apiKey: 'hunter2-api-key', tlsKey: key, tlsCertificate: 'certificate' };
    const step = await use(file.replace('kind: lambda', 'kind: lambada'), secrets);
    const run = await runAction(step);
    expect([run.exitCode, run.outputs['DEPLOYMENT_ID']]).toEqual([2, '']);
    expect(run.output.of('error')).toEqual([
      {
        name: 'error',
        properties: expect.objectContaining({ file: step.with['path-to-file'], line: '2' }),
        data: expect.stringContaining('lambada'),
      },
    ]);
    expect(run.output.of('add-mask').map(({ data }) => data)).toEqual([secrets.apiKey, key]);
    expect(run.output.shown).toContain('kind: lambada');
    expect(run.output.shown + run.summary).not.toMatch(/hunter2|c2VjcmV0/);
    expect(run.summary).toContain('The deployment was not started');
    await expect(handleOf(application).describe()).rejects.toThrow(/not found/i);
  });
});
