import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uniqueName } from '../support/names.js';
import { clientScene, workerThroughout } from './clientScene.js';
import { directClient } from './direct.js';
import { enqueued, wanted } from './queueing.js';
import { queueingLambda } from './queueingLambda.js';

const scene = clientScene();
let temporal: Awaited<ReturnType<typeof directClient>>;
beforeAll(async () => {
  temporal = await directClient(scene.namespace);
});
afterAll(() => temporal[Symbol.asyncDispose]());

describe('the queue over plain Temporal', () => {
  workerThroughout(scene, () => queueingLambda(temporal.client));

  it.concurrent(
    'runs nothing twice, when it is asked for again after its turn and end',
    async () => {
      const given = wanted(uniqueName('shop'));
      const { application, deploymentId } = given;
      const { runId } = await enqueued(temporal.client, given);
      await scene.sluice.result(application, { runId });
      await temporal.client.workflow.getHandle(`sluice-queue:${application}`).result();
      expect(await enqueued(temporal.client, given)).toEqual({
        state: 'started',
        deploymentId,
        runId,
      });
      expect(await scene.sluice.facts(application)).toMatchObject({ runId });
    },
  );

  it.concurrent.each([
    ['nothing', [], 'Send {"plan": …}'],
    ['a plan of another application', [{ plan: { application: 'x' } }], 'Send {"plan": …}'],
    ['a plan without an id', [{ plan: { application: 'APPLICATION' } }], 'no deploymentId'],
    [
      'what is no plan',
      [{ plan: { application: 'APPLICATION', deploymentId: 'x', targets: 5 } }],
      'The plan cannot be deployed.',
    ],
  ])('refuses %s with a sentence', async (_, args, expected) => {
    const application = uniqueName('shop');
    const workflowId = `sluice-queue:${application}`;
    const input = JSON.stringify(args).replace('APPLICATION', application);
    const handle = await temporal.client.workflow.start('sluiceQueue', {
      workflowId,
      taskQueue: 'sluice',
    });
    await expect(
      handle.executeUpdate('enqueue', { args: JSON.parse(input) as [] }),
    ).rejects.toMatchObject({
      cause: { message: expect.stringContaining(expected) },
    });
    await handle.cancel();
    expect(await handle.result()).toMatchObject({ application, waiting: null, dropped: [] });
  });
});
