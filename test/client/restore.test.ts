import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connect, type Sluice } from '../../src/client.js';
import { restoringPlan } from '../../src/client/restore.js';
import { denied } from '../support/deployments.js';
import { lambdaWithFunctions } from '../support/canary.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { directClient, endAll } from './direct.js';
import { LocalWorkers } from './localWorker.js';

let namespace: string;
let sluice: Sluice;
let workers: LocalWorkers;
beforeAll(async () => {
  namespace = await makeNamespace();
  sluice = await connect({ address: inject('temporalAddress'), namespace });
  workers = await LocalWorkers.in(namespace);
});
afterAll(async () => {
  await endAll(namespace);
  await sluice.close();
  await workers.close();
});

it('an alias whose rollback was abandoned can be given back what it served before', async () => {
  const application = uniqueName('shop');
  const target = targetPlan('prod', {
    functions: [functionPlan('f', { alias: 'live' })],
    afterDeployment: [{ type: 'approval' }],
  });
  const gates = async (): Promise<string[]> =>
    (await sluice.status(application)).gates.map(({ id }) => id);
  const lambda = lambdaWithFunctions();
  await workers.with(lambda, async () => {
    await sluice.start({ plan: plan([target], { application }) });
    await expect.poll(gates, { timeout: 20_000 }).toEqual(['prod/after/1']);
    lambda.fail('updateAlias', 'f', denied, Infinity);
    await sluice.rollback(application);
    await expect.poll(gates, { timeout: 20_000 }).toEqual(['prod/rollback']);
    await sluice.abandon(application);
    await expect(sluice.result(application)).resolves.toMatchObject({
      counts: { rollbackFailed: 1 },
    });
  });
  expect(lambda.get('f').aliases.get('live')?.version).not.toBe('1');
  await using temporal = await directClient(namespace);
  const link = { client: temporal.client, settings: { address: sluice.address, namespace } };
  const found = await restoringPlan(link as Parameters<typeof restoringPlan>[0], application, {});
  expect(found.plan.targets).toMatchObject([
    { restores: [{ name: 'f', version: '1', alias: 'live' }] },
  ]);
});
