import { expect, it } from '@jest/globals';
import { restoringPlan } from '../../src/client/restore.js';
import { denied } from '../support/deployments.js';
import { lambdaWithFunctions } from '../support/canary.js';
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
  await using temporal = await directClient(scene.namespace);
  const link = {
    client: temporal.client,
    settings: { address: scene.sluice.address, namespace: scene.namespace },
  };
  const found = await restoringPlan(link as Parameters<typeof restoringPlan>[0], application, {});
  expect(found.plan.targets).toMatchObject([
    { restores: [{ name: 'f', version: '1', alias: 'live' }] },
  ]);
});
