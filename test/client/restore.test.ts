import { describe, expect, it } from '@jest/globals';
import { restoringPlan } from '../../src/client/restore.js';
import { denied } from '../support/deployments.js';
import { lambdaWithFunctions } from '../support/canary.js';
import { hash, type MemoryLambda } from '../support/memoryLambda.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { directClient } from './direct.js';
import { clientScene } from './clientScene.js';

const scene = clientScene();

it('an alias whose rollback was abandoned can be given back what it served before', async () => {
  const application = uniqueName('shop');
  const target = targetPlan('prod', {
    functions: [functionPlan('f', { alias: 'live' })],
    afterDeployment: [{ type: 'approval' }],
  });
  const gates = async (): Promise<string[]> =>
    (await scene.sluice.status(application)).gates.map(({ id }) => id);
  const lambda = lambdaWithFunctions();
  await scene.workers.with(lambda, async () => {
    await scene.sluice.start({ plan: plan([target], { application }) });
    await eventually(async () => expect(await gates()).toEqual(['prod/after/1']));
    lambda.fail('updateAlias', 'f', denied, Infinity);
    await scene.sluice.rollback(application);
    await eventually(async () => expect(await gates()).toEqual(['prod/rollback']));
    await scene.sluice.abandon(application);
    await expect(scene.sluice.result(application)).resolves.toMatchObject({
      counts: { rollbackFailed: 1 },
    });
  });
  expect(lambda.get('f').aliases.get('live')?.version).not.toBe('1');
  const found = await givingBack(application);
  expect(found.plan.targets).toMatchObject([
    { restores: [{ name: 'f', version: '1', alias: 'live' }] },
  ]);
});

describe('an alias that served $LATEST', () => {
  const replacedCode = 's3://packages/replaced/';
  const functions = [functionPlan('f', { alias: 'live', replacedCode })];

  function lambdaOnLatest(): MemoryLambda {
    const lambda = lambdaWithFunctions();
    const { aliases } = lambda.get('f');
    aliases.set('live', { ...aliases.get('live')!, version: '$LATEST' });
    return lambda;
  }

  async function deployed(lambda: MemoryLambda): Promise<string> {
    const application = uniqueName('shop');
    await scene.workers.with(lambda, async () => {
      await scene.sluice.start({
        plan: plan([targetPlan('prod', { functions })], { application }),
      });
      await scene.sluice.result(application);
    });
    return application;
  }

  it('can be given back the version that was made of it', async () => {
    const application = await deployed(lambdaOnLatest());
    expect((await givingBack(application)).plan.targets).toMatchObject([
      { restores: [{ name: 'f', version: '1', insteadOf: '2', alias: 'live', replacedCode }] },
    ]);
  });

  it('and was as planned has left nothing that could be given back, which is said', async () => {
    const lambda = lambdaOnLatest();
    const f = lambda.get('f');
    f.latest = { ...f.latest, codeSha256: hash(lambda.bytes) };
    const application = await deployed(lambda);
    const { deploymentId } = await scene.sluice.facts(application);
    await expect(givingBack(application, { to: deploymentId ?? '' })).rejects.toMatchObject({
      code: 'notAccepted',
      message: expect.stringContaining('its alias served $LATEST then'),
    });
  });
});

async function givingBack(application: string, asked: { to?: string } = {}) {
  await using temporal = await directClient(scene.namespace);
  const link = {
    client: temporal.client,
    settings: { address: scene.sluice.address, namespace: scene.namespace },
  };
  return await restoringPlan(link as Parameters<typeof restoringPlan>[0], application, asked);
}
