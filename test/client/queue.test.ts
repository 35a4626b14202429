import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConflictError, QueuedDeployment } from '../../src/client.js';
import { startPlan } from '../../src/client/start.js';
import type { MemoryLambda } from '../support/memoryLambda.js';
import { uniqueName } from '../support/names.js';
import { until } from '../support/until.js';
import { clientScene, workerThroughout } from './clientScene.js';
import { directClient } from './direct.js';
import { listedOf, queued, refusal, running, runOf, wanted } from './queueing.js';
import { queueingLambda } from './queueingLambda.js';

const scene = clientScene();
let temporal: Awaited<ReturnType<typeof directClient>>;
let lambda: MemoryLambda;
beforeAll(async () => {
  temporal = await directClient(scene.namespace);
  lambda = queueingLambda(temporal.client);
});
afterAll(() => temporal[Symbol.asyncDispose]());

describe('a deployment with enqueueOne, while no worker runs', () => {
  it('starts at once when none runs, without a worker', async () => {
    const application = uniqueName('shop');
    const started = await scene.sluice.start({ plan: wanted(application) });
    expect(started).toMatchObject({ state: 'started', workersPolling: false });
    await temporal.client.workflow.getHandle(started.workflowId).terminate();
  });

  it('is not queued while no worker runs, which it says', async () => {
    const { application } = await scene.workers.with(lambda, () => running(scene.sluice));
    await expect(scene.sluice.start({ plan: wanted(application) })).rejects.toMatchObject({
      code: 'unanswered',
    });
    expect(await scene.sluice.waiting(application)).toBeUndefined();
    await temporal.client.workflow.getHandle(`sluice:${application}`).terminate();
  });

  it('never runs after something newer that was started past the queue', async () => {
    const { application, one } = await scene.workers.with(lambda, async () => {
      const { application } = await running(scene.sluice);
      return { application, one: await queued(scene.sluice, wanted(application)) };
    });
    // No worker runs: the first ends, and a newer one begins and ends, before the queue hears of it.
    const id = `sluice:${application}`;
    await temporal.client.workflow.getHandle(id).terminate();
    const newer = await temporal.client.workflow.start('sluiceDeployment', {
      workflowId: id,
      taskQueue: 'sluice',
      memo: { deploymentId: 'newer' },
    });
    await newer.terminate();
    await scene.workers.with(lambda, async () => {
      expect(await scene.sluice.untilReleased(one)).toMatchObject({
        dropped: { reason: 'superseded', by: { deploymentId: 'newer' } },
      });
    });
    expect((await scene.sluice.status(application)).deploymentId).toBe('newer');
  });
});

describe('while a worker runs', () => {
  workerThroughout(scene, () => lambda);

  describe('a deployment with enqueueOne', () => {
    it.concurrent(
      'waits until the one that runs has ended, then runs, and tells who started it',
      async () => {
        const { application } = await running(scene.sluice);
        const next = wanted(application);
        const one = await queued(scene.sluice, next, 'ana');
        expect(one).toMatchObject({
          deploymentId: next.deploymentId,
          workflowId: `sluice-queue:${application}`,
        });
        expect(await scene.sluice.waiting(application)).toMatchObject({
          deploymentId: next.deploymentId,
          startedBy: 'ana',
        });
        await scene.sluice.approve(application);
        const run = await runOf(scene.sluice, one);
        expect(run).toMatchObject({
          application,
          deploymentId: next.deploymentId,
          startedBy: 'ana',
        });
        expect(await scene.sluice.result(application, { runId: run.runId })).toMatchObject({
          status: 'succeeded',
          deploymentId: next.deploymentId,
        });
        expect(await scene.sluice.waiting(application)).toBeUndefined();
      },
    );

    it.concurrent(
      'is seen in the status of the one that runs, and in lists, until it has left',
      async () => {
        const { application, runId } = await running(scene.sluice);
        const { deploymentId } = await queued(scene.sluice, wanted(application), 'ana');
        const seen = { waiting: { deploymentId, startedBy: 'ana' } };
        expect(await scene.sluice.status(application, { runId })).toMatchObject(seen);
        const listed = () => until('it was listed', () => listedOf(scene.sluice, application));
        expect(await listed()).toMatchObject({ runId, state: 'running', ...seen });
        const { runId: queueRun } = await temporal.client.workflow
          .getHandle(`sluice-queue:${application}`)
          .describe();
        expect(await scene.sluice.dequeue(application, { deploymentId })).toEqual({
          ...{ application, deploymentId, workflowId: `sluice-queue:${application}` },
          ...{ runId: queueRun, verb: 'dequeue', gates: [] },
          done: `Deployment ${deploymentId} was taken out of the queue.`,
        });
        expect(await scene.sluice.status(application, { runId })).not.toHaveProperty('waiting');
        await scene.sluice.approve(application);
      },
    );

    it.concurrent('takes the place of the one that waits, which hears of it', async () => {
      const { application } = await running(scene.sluice);
      const [older, newer] = [wanted(application), wanted(application)];
      const first = await queued(scene.sluice, older);
      const second = await queued(scene.sluice, newer, 'ben');
      expect(second.replaced).toMatchObject({ deploymentId: older.deploymentId });
      expect(await scene.sluice.untilReleased(first)).toMatchObject({
        dropped: { reason: 'replaced', by: { deploymentId: newer.deploymentId, startedBy: 'ben' } },
      });
      await scene.sluice.approve(application);
      await runOf(scene.sluice, second);
    });

    it.concurrent('leaves one that ran before the queue began to be found', async () => {
      const { application, runId } = await running(scene.sluice);
      const { deploymentId = '' } = await scene.sluice.facts(application);
      const next = await queued(scene.sluice, wanted(application));
      expect(await scene.sluice.untilReleased({ application, deploymentId })).toMatchObject({
        run: { runId },
      });
      await scene.sluice.approve(application);
      await runOf(scene.sluice, next);
    });

    it.concurrent('is queued once, however often its start is repeated', async () => {
      const { application } = await running(scene.sluice);
      const next = wanted(application);
      await queued(scene.sluice, next);
      expect(await queued(scene.sluice, next)).not.toHaveProperty('replaced');
      await scene.sluice.approve(application);
      const { deploymentId } = next;
      expect(await scene.sluice.untilReleased({ application, deploymentId })).toMatchObject({
        run: { deploymentId },
      });
    });

    it.concurrent('can be taken out of the queue, but not in the place of another', async () => {
      const { application } = await running(scene.sluice);
      const one = await queued(scene.sluice, wanted(application));
      await expect(
        scene.sluice.dequeue(application, { deploymentId: 'another' }),
      ).rejects.toMatchObject({
        code: 'notAccepted',
        message: expect.stringContaining('waits now'),
      });
      const { deploymentId } = one;
      await scene.sluice.dequeue(application, { deploymentId, by: 'ana', comment: 'not today' });
      expect(await scene.sluice.untilReleased(one)).toMatchObject({
        dropped: { reason: 'cancelled', by: { startedBy: 'ana', comment: 'not today' } },
      });
      await expect(scene.sluice.dequeue(application, { deploymentId })).rejects.toMatchObject({
        code: 'notAccepted',
      });
      await scene.sluice.approve(application);
    });

    it.concurrent(
      'leaves the queue when a person cancels the queue in the Temporal UI',
      async () => {
        const { application } = await running(scene.sluice);
        const one = await queued(scene.sluice, wanted(application));
        await temporal.client.workflow.getHandle(one.workflowId).cancel();
        expect(await scene.sluice.untilReleased(one)).toMatchObject({
          dropped: { reason: 'cancelled' },
        });
        await scene.sluice.approve(application);
      },
    );

    it.concurrent('keeps its place when the queue’s history has become long', async () => {
      const { application } = await running(scene.sluice);
      const large = { context: { key: 'x'.repeat(900_000) } };
      const runOfQueue = async () =>
        (await temporal.client.workflow.getHandle(`sluice-queue:${application}`).describe()).runId;
      await queued(scene.sluice, wanted(application, large));
      const first = await runOfQueue();
      for (let count = 0; count < 4; count += 1)
        await queued(scene.sluice, wanted(application, large));
      const last = wanted(application);
      const one = await queued(scene.sluice, last);
      expect(await runOfQueue()).not.toBe(first);
      await scene.sluice.approve(application);
      expect((await runOf(scene.sluice, one)).deploymentId).toBe(last.deploymentId);
    });
  });

  describe('twenty starts at once', () => {
    it.concurrent('are one that runs and nineteen that are told which', async () => {
      const application = uniqueName('shop');
      const plans = Array.from({ length: 20 }, () =>
        wanted(application, { ifDeploymentInProgress: 'reject' }),
      );
      const ends = await Promise.allSettled(
        plans.map((one, index) => scene.sluice.start({ plan: one, startedBy: `client ${index}` })),
      );
      const won = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
      const refused = ends.flatMap((end) =>
        end.status === 'rejected' ? [end.reason as ConflictError] : [],
      );
      expect(won).toHaveLength(1);
      expect(refused.map(({ running: other }) => other?.deploymentId)).toEqual(
        Array.from({ length: 19 }, () => won[0]?.deploymentId),
      );
      await temporal.client.workflow.getHandle(`sluice:${application}`).terminate();
    });

    it.concurrent('are with enqueueOne one that runs and one that waits, the newest', async () => {
      const { application } = await running(scene.sluice);
      const plans = Array.from({ length: 20 }, () => wanted(application));
      const ends = await Promise.allSettled(plans.map((one) => scene.sluice.start({ plan: one })));
      const accepted = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
      const waiting = await scene.sluice.waiting(application);
      const newest = accepted.find(({ deploymentId }) => deploymentId === waiting?.deploymentId);
      // Each of the others either heard at once who took its place, or hears of it now.
      const others = accepted.filter((one) => one !== newest) as QueuedDeployment[];
      const turns = await Promise.all(others.map((one) => scene.sluice.untilReleased(one)));
      const refused = ends.filter((end) => end.status === 'rejected');
      expect(turns).toEqual(
        turns.map(() => ({ dropped: expect.objectContaining({ reason: 'replaced' }) })),
      );
      expect(refused.map(({ reason }) => (reason as ConflictError).dropped?.reason)).toEqual(
        refused.map(() => 'replaced'),
      );
      expect(turns.length + refused.length).toBe(19);
      await scene.sluice.approve(application);
      const run = await runOf(scene.sluice, newest as QueuedDeployment);
      await scene.sluice.result(application, { runId: run.runId });
      const ran: (string | undefined)[] = [];
      for await (const { deploymentId } of scene.sluice.history(application))
        ran.push(deploymentId);
      expect(ran).toHaveLength(2);
    });
  });

  describe('a deployment without enqueueOne', () => {
    it.concurrent('is refused while one waits, which it names', async () => {
      const { application } = await running(scene.sluice);
      const one = await queued(scene.sluice, wanted(application), 'ana');
      const refused = await refusal(
        scene.sluice.start({ plan: wanted(application, { ifDeploymentInProgress: 'reject' }) }),
      );
      expect(refused).toMatchObject({ code: 'conflict', waiting: { startedBy: 'ana' } });
      expect(refused.message).toContain(
        `deployment ${one.deploymentId}, queued by ana at ${String(refused.waiting?.queuedAt)}`,
      );
      await scene.sluice.approve(application);
    });
  });

  it.concurrent(
    'a deployment whose place is not confirmed is named, so that it can be found',
    async () => {
      const { application } = await running(scene.sluice);
      await using other = await directClient(scene.namespace);
      other.client.workflowService.executeMultiOperation = (() => {
        const late = { code: 4, details: 'late', metadata: { get: () => [] } };
        return Promise.reject(Object.assign(new Error('late'), late));
      }) as never;
      const settings = { address: scene.sluice.address, namespace: scene.namespace };
      const link = { client: other.client, settings } as Parameters<typeof startPlan>[0];
      const next = wanted(application);
      await expect(startPlan(link, next, {})).rejects.toMatchObject({
        code: 'unanswered',
        message: expect.stringContaining(`It is deployment ${next.deploymentId}.`),
      });
      await scene.sluice.approve(application);
    },
  );

  describe('a deployment that supersedes', () => {
    it.concurrent('rolls the one that runs back, and goes next', async () => {
      const { application, runId } = await running(scene.sluice, {
        ifDeploymentInProgress: 'reject',
      });
      const next = wanted(application, { ifDeploymentInProgress: 'reject' });
      const accepted = await scene.sluice.start({ plan: next, startedBy: 'ana', supersede: true });
      const run = await runOf(scene.sluice, accepted as QueuedDeployment);
      expect(await scene.sluice.result(application, { runId: run.runId })).toMatchObject({
        status: 'succeeded',
        deploymentId: next.deploymentId,
      });
      const { failures } = await scene.sluice.result(application, { runId });
      expect(failures[0]).toMatchObject({ code: 'rollbackRequested' });
      expect(failures[0]?.message).toContain(`superseded by deployment ${next.deploymentId}`);
    });
  });
});
