import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeploymentReport } from '../../src/client.js';
import type { BeforeStep, Plan } from '../../src/domain/plan.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { startNow } from '../support/startNow.js';
import { eventually } from '../support/until.js';
import { directClient, endAll } from './direct.js';
import { clientScene } from './clientScene.js';

const scene = clientScene();
afterEach(() => endAll(scene.namespace));

function shop(): Plan {
  return plan(
    [
      targetPlan('staging', { functionNames: ['f'] }),
      targetPlan('prod', {
        functions: [functionPlan('g', { package: { bucket: 'packages-eu', key: 'g.zip' } })],
        dependsOn: ['staging'],
        region: 'eu-west-1',
      }),
    ],
    { application: uniqueName('shop') },
  );
}

const refused = { code: 'settingsRejected', message: 'AWS does not like it.' } as const;

async function all(reports: AsyncIterable<DeploymentReport>): Promise<DeploymentReport[]> {
  const seen: DeploymentReport[] = [];
  for await (const report of reports) seen.push(report);
  return seen;
}

describe('the status of a deployment that runs', () => {
  it('is what the deployment and its targets say', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    const hangs = lambda.hang('createFunction', 'g');
    await scene.workers.with(lambda, async () => {
      await startNow(scene.sluice, { plan: wanted });
      await hangs;
      const report = await scene.sluice.status(wanted.application);
      expect(report).toMatchObject({
        state: 'running',
        phase: 'deploying',
        answering: true,
        workersPolling: true,
        targets: [
          { name: 'staging', phase: 'ended', status: 'deployed', outcome: { functions: [{}] } },
          { name: 'prod', phase: 'running', progress: { phase: 'releasing' } },
        ],
      });
      await endAll(scene.namespace);
    });
  });

  it('says where it waits, and how to answer', async () => {
    const lambda = new MemoryLambda();
    const beforeDeployment: BeforeStep[] = [{ type: 'approval', expiresAfterMs: 3_600_000 }];
    const wanted = plan([targetPlan('prod', { functionNames: ['f'], beforeDeployment })], {
      application: uniqueName('shop'),
    });
    await scene.workers.with(lambda, async () => {
      const { workflowId, runId } = await startNow(scene.sluice, { plan: wanted });
      const gates = async () => (await scene.sluice.status(wanted.application)).gates;
      await eventually(async () =>
        expect(await gates()).toMatchObject([
          {
            id: 'prod/before/1',
            target: 'prod',
            kind: 'approval',
            deadline: expect.any(String),
            answers: [{ signal: 'approve' }, { signal: 'reject' }],
          },
        ]),
      );
      const [command = ''] = (await gates()).flatMap(({ answers }) => answers[0]?.command ?? []);
      for (const part of [scene.namespace, workflowId, runId, '{"gate":"prod/before/1"}'])
        expect(command).toContain(part);
      await using temporal = await directClient(scene.namespace);
      const handle = temporal.client.workflow.getHandle(workflowId, runId);
      await handle.signal('approve', { target: 'nowhere' });
      const ignored = async () => (await scene.sluice.status(wanted.application)).ignored;
      const reason = 'There is no target nowhere.';
      await eventually(async () =>
        expect(await ignored()).toMatchObject([{ verb: 'approve', reason }]),
      );
      await handle.signal('approve', { gate: 'prod/before/1', by: 'ana' });
      expect(await scene.sluice.result(wanted.application)).toMatchObject({ status: 'succeeded' });
    });
    expect(await scene.sluice.status(wanted.application)).toMatchObject({
      gates: [],
      targets: [{ startedAt: expect.any(String), outcome: { decisions: [{ by: 'ana' }] } }],
    });
  });

  it('is what Temporal knows when no worker runs, and it is not waited for', async () => {
    const wanted = shop();
    await startNow(scene.sluice, { plan: wanted, startedBy: 'ana' });
    expect(await scene.sluice.status(wanted.application)).toMatchObject({
      state: 'running',
      deploymentId: wanted.deploymentId,
      startedBy: 'ana',
      answering: false,
      workersPolling: false,
      targets: [
        { name: 'staging', phase: 'waiting', region: 'us-east-1', accountId: '111111111111' },
        { name: 'prod', phase: 'waiting', region: 'eu-west-1', dependsOn: ['staging'] },
      ],
    });
  });

  it('survives a start argument that is no plan', async () => {
    await using temporal = await directClient(scene.namespace);
    const application = uniqueName('odd');
    await temporal.client.workflow.start('sluiceDeployment', {
      workflowId: `sluice:${application}`,
      taskQueue: 'sluice',
      args: [{ targets: [null] }],
    });
    expect(await scene.sluice.status(application)).toMatchObject({ application, targets: [] });
  });
});

describe('the status of a deployment that has ended', () => {
  it('needs no worker, and has every outcome', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    await scene.workers.with(lambda, async () => {
      await startNow(scene.sluice, { plan: wanted });
      expect(await scene.sluice.result(wanted.application)).toMatchObject({ status: 'succeeded' });
    });
    const report = await scene.sluice.status(wanted.application);
    expect(report).toMatchObject({
      state: 'succeeded',
      endedAt: expect.any(String),
      outcome: { counts: { deployed: 2 } },
      targets: [
        { name: 'staging', status: 'deployed', outcome: { functions: [{ name: 'f' }] } },
        { name: 'prod', status: 'deployed' },
      ],
    });
  });

  it('says why a target failed and what was not deployed because of it', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    lambda.fail('createFunction', 'f', refused);
    await scene.workers.with(lambda, async () => {
      await startNow(scene.sluice, { plan: wanted });
      expect(await scene.sluice.result(wanted.application)).toMatchObject({ status: 'failed' });
    });
    expect(await scene.sluice.status(wanted.application)).toMatchObject({
      state: 'failed',
      targets: [
        { phase: 'ended', status: 'rolledBack', failure: refused },
        { phase: 'ended', status: 'blocked', failure: { code: 'dependencyFailed' } },
      ],
    });
  });

  it('says that it was cancelled', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    const hangs = lambda.hang('inspectFunction', 'f');
    await scene.workers.with(lambda, async () => {
      const { workflowId } = await startNow(scene.sluice, { plan: wanted });
      await hangs;
      await using temporal = await directClient(scene.namespace);
      await temporal.client.workflow.getHandle(workflowId).cancel();
      expect(await scene.sluice.result(wanted.application)).toMatchObject({ status: 'cancelled' });
    });
    expect(await scene.sluice.status(wanted.application)).toMatchObject({
      state: 'cancelled',
      targets: [{ status: 'cancelled' }, { status: 'cancelled' }],
    });
  });

  it('says of what was told to roll back before it started that it was cancelled', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    const hangs = lambda.hang('inspectFunction', 'f');
    await scene.workers.with(lambda, async () => {
      const { workflowId } = await startNow(scene.sluice, { plan: wanted });
      await hangs;
      await using temporal = await directClient(scene.namespace);
      await temporal.client.workflow.getHandle(workflowId).signal('rollback', { by: 'ana' });
      const { counts } = await scene.sluice.result(wanted.application);
      expect(counts).toEqual({ cancelled: 2 });
    });
    const failure = { code: 'rollbackRequested' };
    expect(await scene.sluice.status(wanted.application)).toMatchObject({
      targets: [
        { status: 'cancelled', failure },
        { status: 'cancelled', failure },
      ],
    });
  });

  it('says that it was terminated, and that there is no outcome', async () => {
    const wanted = shop();
    const { workflowId } = await startNow(scene.sluice, { plan: wanted });
    await using temporal = await directClient(scene.namespace);
    await temporal.client.workflow.getHandle(workflowId).terminate();
    const report = await scene.sluice.status(wanted.application);
    expect(report).toMatchObject({ state: 'terminated', problem: expect.any(String) });
    expect(report.outcome).toBeUndefined();
    await expect(scene.sluice.result(wanted.application)).rejects.toMatchObject({
      code: 'noOutcome',
    });
  });

  it('says with which reason it was terminated', async () => {
    const wanted = shop();
    const { workflowId } = await startNow(scene.sluice, { plan: wanted });
    await using temporal = await directClient(scene.namespace);
    await temporal.client.workflow.getHandle(workflowId).terminate('test it');
    const { problem } = await scene.sluice.status(wanted.application);
    expect(problem).toBe('It was terminated with the reason "test it".');
  });

  it('of an application that was never deployed does not exist', async () => {
    const status = scene.sluice.status('never');
    await expect(status).rejects.toMatchObject({ code: 'notFound' });
    await expect(status).rejects.toThrow('no deployment of the application "never"');
  });
});

describe('a watch', () => {
  it('reports changes, and the end last', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    await scene.workers.with(lambda, async () => {
      await startNow(scene.sluice, { plan: wanted });
      const seen = await all(scene.sluice.watch(wanted.application));
      expect(seen.at(-1)).toMatchObject({ state: 'succeeded' });
      for (const report of seen.slice(0, -1)) expect(report.state).toBe('running');
      expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(seen.length);
    });
  });

  it('stays with its run when another has begun', async () => {
    const first = shop();
    const { runId, workflowId } = await startNow(scene.sluice, { plan: first });
    await using temporal = await directClient(scene.namespace);
    await temporal.client.workflow.getHandle(workflowId).terminate();
    await startNow(scene.sluice, { plan: { ...shop(), application: first.application } });
    const seen = await all(scene.sluice.watch(first.application, { runId }));
    expect(seen).toMatchObject([{ runId, state: 'terminated' }]);
  });

  it('says first that no worker runs, and then what the worker does', async () => {
    const [lambda, wanted] = [new MemoryLambda(), shop()];
    await startNow(scene.sluice, { plan: wanted });
    const reports = scene.sluice.watch(wanted.application);
    expect((await reports.next()).value).toMatchObject({ workersPolling: false });
    await scene.workers.with(lambda, async () => {
      const rest = await all(reports);
      expect(rest.at(-1)).toMatchObject({ state: 'succeeded', workersPolling: true });
    });
  });

  it('can be left', async () => {
    const wanted = shop();
    await startNow(scene.sluice, { plan: wanted });
    const leave = new AbortController();
    const reports = scene.sluice.watch(wanted.application, { signal: leave.signal });
    await reports.next();
    leave.abort();
    expect(await reports.next()).toEqual({ done: true, value: undefined });
  });
});

describe('deployments', () => {
  it('are found by their id, and listed while they run', async () => {
    const wanted = shop();
    const { runId } = await startNow(scene.sluice, { plan: wanted });
    const found = () => scene.sluice.find(wanted.deploymentId).catch(() => undefined);
    await eventually(async () =>
      expect(await found()).toMatchObject({ application: wanted.application, runId }),
    );
    const running: string[] = [];
    for await (const { application } of scene.sluice.running()) running.push(application);
    expect(running).toContain(wanted.application);
  });

  it('that do not exist are not found', async () => {
    await expect(scene.sluice.find('nothing')).rejects.toMatchObject({ code: 'notFound' });
  });
});
