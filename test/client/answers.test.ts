import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shared } from '../support/shared.js';
import { connect, SeveralGatesError, type Sluice, type SluiceError } from '../../src/client.js';
import { answerGate } from '../../src/client/answers/gate.js';
import type { BeforeStep, Plan } from '../../src/domain/plan.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { startNow } from '../support/startNow.js';
import { eventually } from '../support/until.js';
import { directClient, endAll } from './direct.js';
import { LocalWorkers } from './localWorker.js';

let namespace: string;
let sluice: Sluice;
let workers: LocalWorkers;
let working: Promise<void>;
let stop: () => void;
const lambda = new MemoryLambda();
beforeAll(async () => {
  namespace = await makeNamespace();
  sluice = await connect({ address: shared.temporalAddress, namespace });
  workers = await LocalWorkers.in(namespace);
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  working = workers.with(lambda, () => stopped);
});
afterAll(async () => {
  await endAll(namespace);
  stop();
  await working;
  await sluice.close();
  await workers.close();
});

type Ask = (
  request: { workflowExecution?: { workflowId?: string } },
  ...more: unknown[]
) => Promise<object>;

const APPROVAL: BeforeStep[] = [{ type: 'approval' }];

/** A deployment whose targets each wait before they begin. */
async function started(
  targets: Record<string, BeforeStep[]>,
): Promise<{ application: string; deploymentId: string; runId: string; wanted: Plan }> {
  const wanted = plan(
    Object.entries(targets).map(([name, beforeDeployment]) =>
      targetPlan(name, { functions: [functionPlan(uniqueName('f'))], beforeDeployment }),
    ),
    { application: uniqueName('shop') },
  );
  const { runId } = await startNow(sluice, { plan: wanted });
  const gates = async () => (await sluice.status(wanted.application)).gates.length;
  await eventually(async () => expect(await gates()).toBe(Object.values(targets).flat().length));
  const { application, deploymentId } = wanted;
  return { application, deploymentId, runId, wanted };
}

/** Why a request was refused. */
async function refusal(request: Promise<unknown>): Promise<Pick<SluiceError, 'code' | 'message'>> {
  const error = (await request.then(
    () => {
      throw new Error('It was accepted.');
    },
    (reason: unknown) => reason,
  )) as SluiceError;
  return { code: error.code, message: error.message };
}

describe('an approval', () => {
  it('without a name is for the only gate, says what was done, and is kept', async () => {
    const { application, runId, deploymentId } = await started({ prod: APPROVAL });
    expect(await sluice.approve(application, { by: 'ana', comment: 'fine' })).toEqual({
      application,
      deploymentId,
      workflowId: `sluice:${application}`,
      runId,
      verb: 'approve',
      gates: ['prod/before/1'],
      done: 'prod/before/1: approved',
    });
    expect(await sluice.result(application)).toMatchObject({ status: 'succeeded' });
    expect((await sluice.status(application)).targets).toMatchObject([
      { outcome: { decisions: [{ decision: 'approved', by: 'ana', comment: 'fine' }] } },
    ]);
    expect(await refusal(sluice.approve(application, { runId }))).toEqual({
      code: 'notAccepted',
      message: `The deployment of "${application}" has ended (succeeded).`,
    });
  });

  it('of one gate of several has to name it; without a name nothing is approved', async () => {
    const { application } = await started({ eu: APPROVAL, us: APPROVAL });
    const error = await sluice.approve(application).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SeveralGatesError);
    expect((error as SeveralGatesError).gates.map(({ id }) => id)).toEqual([
      'eu/before/1',
      'us/before/1',
    ]);
    expect((await sluice.status(application)).gates).toHaveLength(2);
    await sluice.approve(application, { gate: 'us/before/1' });
    const open = async () => (await sluice.status(application)).gates.map(({ id }) => id);
    await eventually(async () => expect(await open()).toEqual(['eu/before/1']));
    const { message } = await refusal(sluice.approve(application, { gate: 'us/before/1' }));
    expect(message).toMatch(/us has ended|No gate us\/before\/1 is open. It was approved/);
    await sluice.cancel(application);
  });

  it('is refused with the reason', async () => {
    const { application } = await started({ prod: [{ type: 'approval', requiresRoles: ['sre'] }] });
    const asked = (options: object) => refusal(sluice.approve(application, options));
    expect(await asked({})).toEqual({
      code: 'notAccepted',
      message: 'prod/before/1 has to be approved by the role sre.',
    });
    expect((await asked({ gate: 'prod/steps/1' })).message).toBe('No gate prod/steps/1 is open.');
    expect((await asked({ gate: 'nowhere/steps/1' })).message).toBe(
      `The deployment of "${application}" has started no target nowhere.`,
    );
    expect((await asked({ gate: 'odd' })).message).toContain('odd is no gate.');
    expect((await refusal(sluice.skip(application))).message).toBe('There is no pause.');
    expect((await refusal(sluice.retry(application))).message).toBe('No rollback is stuck.');
    await sluice.approve(application, { role: 'sre' });
    expect(await sluice.result(application)).toMatchObject({ status: 'succeeded' });
  });

  it('of an earlier run does not reach the next', async () => {
    const { application, runId, wanted } = await started({ prod: APPROVAL });
    await sluice.reject(application);
    await sluice.result(application);
    await startNow(sluice, { plan: { ...wanted, deploymentId: 'next' } });
    const late = { runId, gate: 'prod/before/1' };
    expect((await refusal(sluice.approve(application, late))).code).toBe('notAccepted');
    expect(await sluice.status(application)).toMatchObject({ deploymentId: 'next' });
    await sluice.cancel(application);
  });

  it('of an application that was never deployed finds nothing', async () => {
    expect((await refusal(sluice.approve('never'))).code).toBe('notFound');
  });
});

describe('a rejection', () => {
  it('without a name is for everything that waits', async () => {
    const { application } = await started({ eu: APPROVAL, us: APPROVAL });
    const { gates, done } = await sluice.reject(application, { by: 'bob' });
    expect(gates).toEqual(['eu/before/1', 'us/before/1']);
    expect(done).toBe('eu/before/1: rejected, us/before/1: rejected');
    expect(await sluice.result(application)).toMatchObject({ counts: { blocked: 2 } });
  });
});

describe('a rejection of several', () => {
  it('is no success while one of them has not answered', async () => {
    const { application } = await started({ eu: APPROVAL, us: APPROVAL });
    await using temporal = await directClient(namespace);
    const service = temporal.client.workflowService;
    const update = service.updateWorkflowExecution.bind(service) as unknown as Ask;
    service.updateWorkflowExecution = ((...given: Parameters<Ask>) => {
      if (given[0].workflowExecution?.workflowId?.endsWith(':eu') === true) return update(...given);
      const late = { code: 4, details: 'late', metadata: { get: () => [] } };
      return Promise.reject(Object.assign(new Error('late'), late));
    }) as never;
    const settings = { address: sluice.address, namespace };
    const link = { client: temporal.client, settings } as Parameters<typeof answerGate>[0];
    expect(await refusal(answerGate(link, application, 'reject', { timeoutMs: 300 }))).toEqual({
      code: 'unanswered',
      message: expect.stringMatching(
        /^Not every target was reached\. Done: eu\/before\/1: rejected\. .*No worker has answered/,
      ),
    });
    expect((await sluice.reject(application)).gates).toEqual(['us/before/1']);
    await sluice.result(application);
  });
});

describe('other answers', () => {
  it('end a pause, and stand in for a webhook', async () => {
    const { application } = await started({
      prod: [
        { type: 'pause', durationMs: 3_600_000 },
        { type: 'runWebhook', webhook: 'asks', context: {} },
      ],
    });
    expect((await sluice.skip(application)).done).toBe('prod/before/1: skipped');
    const answer = { success: true, comment: 'all well' };
    expect((await sluice.answer(application, answer)).done).toBe('prod/before/2: succeeded');
    expect(await sluice.result(application)).toMatchObject({ status: 'succeeded' });
  });

  it('try a stuck rollback again, or give it up', async () => {
    const name = uniqueName('f');
    lambda.put(name, EMPTY);
    lambda.fail('updateCode', name, { code: 'settingsRejected', message: 'AWS dislikes it.' });
    const denied = { code: 'accessDenied', message: 'The role lacks a permission.' } as const;
    lambda.fail('restoreSettings', name, denied, Infinity);
    const { settings } = functionPlan(name);
    const functions = [functionPlan(name, { settings: { ...settings, memorySize: 512 } })];
    const application = uniqueName('shop');
    await startNow(sluice, { plan: plan([targetPlan('prod', { functions })], { application }) });
    const gates = async () => (await sluice.status(application)).gates.map(({ id }) => id);
    await eventually(async () => expect(await gates()).toEqual(['prod/rollback']));
    expect(await sluice.retry(application)).toMatchObject({
      gates: ['prod/rollback'],
      done: 'The rollback is tried again now.',
    });
    await eventually(async () => expect(await gates()).toEqual(['prod/rollback']));
    await sluice.abandon(application, { by: 'ana' });
    expect(await sluice.result(application)).toMatchObject({ counts: { rollbackFailed: 1 } });
  });
});

describe('a rollback', () => {
  it('is of one target, or of everything that has not ended', async () => {
    const { application } = await started({ eu: APPROVAL, us: APPROVAL });
    const one = await sluice.rollback(application, { target: 'eu', by: 'ana' });
    expect(one).toMatchObject({ verb: 'rollback', gates: [], done: 'eu is rolled back.' });
    expect((await refusal(sluice.rollback(application, { target: 'mars' }))).message).toBe(
      'There is no target mars.',
    );
    const { done } = await sluice.rollback(application);
    expect(done).toBe('What has not ended is rolled back.');
    expect(await sluice.result(application)).toMatchObject({ counts: { cancelled: 2 } });
    expect((await refusal(sluice.rollback(application))).code).toBe('notAccepted');
    expect((await refusal(sluice.cancel(application))).code).toBe('notAccepted');
  });

  it('that nobody answers ends with an error that says so', async () => {
    await using temporal = await directClient(namespace);
    const application = uniqueName('shop');
    await temporal.client.workflow.start('sluiceDeployment', {
      workflowId: `sluice:${application}`,
      taskQueue: 'nobody-polls-this',
    });
    const { code, message } = await refusal(sluice.rollback(application, { timeoutMs: 300 }));
    expect(code).toBe('unanswered');
    expect(message).toContain('No worker has answered within 0.3 s');
    // Somebody may wait for it, and nobody can say so.
    expect(await refusal(sluice.approve(application))).toEqual({
      code: 'unanswered',
      message: expect.stringContaining('No worker has told in time'),
    });
  });
});

describe('without a worker', () => {
  it('nothing is sent but a cancellation, which Temporal itself takes', async () => {
    const alone = await makeNamespace();
    const other = await connect({ address: shared.temporalAddress, namespace: alone });
    const wanted = plan([targetPlan('prod')], { application: uniqueName('shop') });
    await other.start({ plan: wanted });
    const { application } = wanted;
    const unanswered = { code: 'unanswered', message: expect.stringContaining('No worker runs') };
    const gate = 'prod/before/1';
    expect(await refusal(other.approve(application))).toEqual(unanswered);
    expect(await refusal(other.approve(application, { gate }))).toEqual(unanswered);
    expect(await refusal(other.rollback(application))).toEqual(unanswered);
    expect(await other.cancel(application)).toMatchObject({ verb: 'cancel', gates: [] });
    await endAll(alone);
    await other.close();
  });
});
