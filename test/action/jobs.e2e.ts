import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Input } from '../../src/action/inputs.js';
import { connect } from '../../src/client.js';
import { deploymentWorkflowId } from '../../src/domain/names.js';
import { githubSteps, jobCommands } from '../docs/ciPage.js';
import { blocksOf } from '../docs/support/blocks.js';
import { AwsPlace } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { shared } from '../support/shared.js';
import { freeAddress } from '../support/sluiceProcess.js';
import { System } from '../support/system.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { fileOf } from './deploymentFiles.js';
import { JobInProcess } from './jobInProcess.js';
import { JobShell } from './jobShell.js';

let system: System;
let place: AwsPlace;
beforeAll(async () => {
  system = await System.withWorker();
  place = await AwsPlace.make();
});
afterAll(async () => {
  await system.stop();
});

/** A job whose deployment waits for an approval first. */
async function job(
  application: string,
  inputs: Partial<Record<Input, string>>,
  change: (text: string) => string = (text) => text,
) {
  const text = change(await fileOf(place, application, { asks: true }));
  const file = await system.file(`${uniqueName('deploy')}.yaml`, text);
  const temporal = { address: shared.temporalAddress, namespace: system.namespace };
  const all = { 'path-to-file': file, ...temporal, ...inputs };
  return new JobInProcess(system, all, { GITHUB_ACTOR: 'octocat', GITHUB_SHA: '1f2e3d4c' });
}

const handleOf = (application: string) =>
  system.client.workflow.getHandle(deploymentWorkflowId(application));

describe('the action', () => {
  it('starts what its inputs ask for, and does not wait unless it is told to', async () => {
    const application = uniqueName('shop');
    const started = await job('an:other', {
      applicationName: application,
      targetFilters: 'test',
      startedBy: 'the nightly build',
      commit: 'v1.2.3',
      addContext: 'team=checkout,url=https://example.com/?a=1\nowner=ops',
    });
    expect(await started.reason).toBe('succeeded');
    const handle = handleOf(application);
    const { memo } = await handle.describe();
    expect(memo).toMatchObject({ application, startedBy: 'the nightly build', commit: 'v1.2.3' });
    expect(await started.outputs()).toEqual({ DEPLOYMENT_ID: memo?.['deploymentId'] });
    expect(await started.summary()).toBe(
      `### ● ${application}: started\n\n` +
        `deployment ${String(memo?.['deploymentId'])} · started by the nightly build · commit v1.2.3\n\n` +
        'The job did not wait for its end.\n\n',
    );
    const { events } = await handle.fetchHistory();
    const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    const plan = JSON.parse(Buffer.from(payload?.data ?? []).toString()) as object;
    expect(plan).toMatchObject({
      application,
      context: { team: 'checkout', url: 'https://example.com/?a=1', owner: 'ops' },
      targets: [{ name: 'test' }],
    });
    await handle.terminate();
  });

  it('tells who approved', async () => {
    const application = uniqueName('shop');
    const waiting = await job(application, { waitForDeployment: 'TRUE' });
    await untilOpen(handleOf(application), 'prod/steps/1');
    await handleOf(application).signal('approve', { by: 'alice <b>', comment: 'looks | good' });
    expect(await waiting.reason).toBe('succeeded');
    expect(await waiting.summary()).toContain(
      '- **prod**: prod/steps/1 was approved by alice \\<b\\>: looks \\| good',
    );
    expect(await waiting.outputs()).toMatchObject({ RUN_RESULT: 'SUCCEEDED' });
  });

  it('does with the inputs of README.md what it says there', async () => {
    const block = blocksOf('README.md').find(({ text }) => text.startsWith('- uses:'));
    const [step] = parse(block?.text ?? '') as [{ with: Partial<Record<Input, unknown>> }];
    const { 'path-to-file': _file, address: _address, ...inputs } = step.with;
    const given = Object.entries(inputs).map(([name, value]) => [name, String(value)] as const);
    const application = uniqueName('shop');
    const waiting = await job(application, Object.fromEntries(given));
    await untilOpen(handleOf(application), 'prod/steps/1');
    await handleOf(application).signal('approve');
    expect(await waiting.reason).toBe('succeeded');
    expect(await waiting.outputs()).toMatchObject({ RUN_RESULT: 'SUCCEEDED' });
  });

  it('fails when its deployment is cancelled or terminated', async () => {
    const names = [uniqueName('shop'), uniqueName('shop')] as const;
    const jobs = await Promise.all(names.map((name) => job(name, { waitForDeployment: 'true' })));
    await Promise.all(names.map((name) => untilOpen(handleOf(name), 'prod/steps/1')));
    await handleOf(names[0]).cancel();
    await handleOf(names[1]).terminate('enough');
    expect(await Promise.all(jobs.map(({ reason }) => reason))).toEqual([
      'cancelled',
      'rollbackFailed',
    ]);
    const [cancelled, terminated] = await Promise.all(jobs.map((one) => one.outputs()));
    expect(cancelled).toMatchObject({ RUN_RESULT: 'CANCELLED' });
    expect(terminated).toMatchObject({ RUN_RESULT: 'FAILED' });
    expect(await jobs[1]?.summary()).toContain('It was terminated with the reason "enough".');
  });

  it('starts nothing in a job that has been cancelled', async () => {
    const application = uniqueName('shop');
    const cancelled = await job(application, {});
    cancelled.cancel();
    expect(await cancelled.reason).toBe('detached');
    expect(cancelled.output.of('error')).toMatchObject([
      { data: 'The job was cancelled before it started a deployment.' },
    ]);
    await expect(handleOf(application).describe()).rejects.toThrow(/not found/i);
  });

  it('says what should be looked at in the file, and that Temporal cannot be reached', async () => {
    const address = await freeAddress();
    const old = (text: string) => text.replaceAll('nodejs24.x', 'nodejs18.x');
    const alone = await job(uniqueName('shop'), { address, waitForDeployment: 'true' }, old);
    expect(await alone.reason).toBe('unreachable');
    expect(alone.output.of('warning')).toMatchObject([
      { properties: { title: 'deprecated-runtime' }, data: expect.stringContaining('nodejs18.x') },
    ]);
    const problem = `Temporal cannot be reached at ${address}: connection refused.`;
    expect(alone.output.of('error')).toMatchObject([{ data: expect.stringContaining(problem) }]);
    expect(await alone.summary()).toContain(problem);
    expect(await alone.outputs()).toEqual({});
  });
});

describe('the commands of the page on CI', () => {
  const temporal = () => ({
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: system.namespace,
  });
  let shell: JobShell;
  beforeAll(async () => {
    shell = await JobShell.make(temporal());
  });
  afterAll(() => shell.remove());

  const checkOut = (text: string) => writeFile(join(shell.workspace, 'deploy.yaml'), text);

  it('deploy from a job', async () => {
    const application = uniqueName('shop');
    await checkOut(await fileOf(place, application, { asks: false }));
    const variables = { CI_COMMIT_SHA: '1f2e3d4c', GITLAB_USER_LOGIN: 'alice' };
    for (const command of jobCommands()['GitLab CI'] ?? []) await shell.run(command, variables);
    const { memo } = await handleOf(application).describe();
    expect(memo).toMatchObject({ commit: '1f2e3d4c', startedBy: 'alice', status: 'succeeded' });
  });

  it('say at the lines of a pull request what is wrong with a file', async () => {
    const text = await fileOf(place, 'checkout', { asks: false });
    await checkOut(text.replace('kind: lambda', 'kind: lambada'));
    const [command = ''] = jobCommands()['a pull request'] ?? [];
    await expect(shell.run(command)).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^::error file=deploy\.yaml,line=2,/),
    });
  });

  it('approve a deployment that waits, and cancel one', async () => {
    const commands = githubSteps.flatMap(({ run = '' }) => (/^temporal/.test(run) ? run : []));
    const [cancel = '', approve = ''] = commands;
    expect(commands).toHaveLength(2);
    const sluice = await connect({ environment: { ...temporal(), ...NO_TEMPORAL_CONFIG } });
    for (const command of [approve, cancel]) {
      await sluice.start({ text: await fileOf(place, 'checkout', { asks: true }) });
      await untilOpen(handleOf('checkout'), 'prod/steps/1');
      await shell.run(command, { GITHUB_ACTOR: 'octocat' });
      const { status } = await outcomeOf(handleOf('checkout'));
      expect([command, status]).toEqual([command, command === approve ? 'succeeded' : 'cancelled']);
    }
    await sluice.close();
  });
});
