import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type DeploymentRecord, type Sluice } from '../../src/client.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { plan, targetPlan } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { until } from '../support/until.js';
import { endAll } from './direct.js';
import { LocalWorkers } from './localWorker.js';

let namespace: string;
let sluice: Sluice;
let workers: LocalWorkers;
/** The deployment ids of `shop`, in the order in which they were started. */
const started: string[] = [];

/** `shop` failed, succeeded and runs; `payments` failed and was terminated. */
beforeAll(async () => {
  namespace = await makeNamespace();
  sluice = await connect({ address: shared.temporalAddress, namespace });
  workers = await LocalWorkers.in(namespace);
  const lambda = new MemoryLambda();
  const refused = { code: 'settingsRejected', message: 'AWS does not like it.' } as const;
  lambda.fail('inspectFunction', 'orders', refused);
  lambda.fail('inspectFunction', 'bills', refused);
  await workers.with(lambda, async () => {
    await deploy('shop', 'orders', 'failed');
    await deploy('shop', 'orders', 'succeeded');
    await deploy('payments', 'bills', 'failed');
  });
  await start('payments', 'bills');
  await endAll(namespace);
  started.push((await start('shop', 'orders')).deploymentId);
  await until('both were listed', async () => {
    const states = (await all(sluice.list())).map(({ state }) => state);
    return states.join() === 'running,terminated' || undefined;
  });
});
afterAll(async () => {
  await endAll(namespace);
  await sluice.close();
  await workers.close();
});

function start(application: string, name: string) {
  const wanted = plan([targetPlan('prod', { functionNames: [name] })], { application });
  return sluice.start({ plan: wanted, startedBy: 'ana', commit: '4f2e1c0' });
}

async function deploy(application: string, name: string, status: string): Promise<void> {
  const { deploymentId } = await start(application, name);
  if (application === 'shop') started.push(deploymentId);
  expect(await sluice.result(application)).toMatchObject({ status });
}

async function all(records: AsyncIterable<DeploymentRecord>): Promise<DeploymentRecord[]> {
  const found: DeploymentRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

describe('the list of applications', () => {
  it('has the newest deployment of each, those that run first', async () => {
    expect(await all(sluice.list())).toMatchObject([
      { application: 'shop', state: 'running', startedBy: 'ana', commit: '4f2e1c0' },
      { application: 'payments', state: 'terminated', endedAt: expect.any(String) },
    ]);
  });

  it('can be of one state, which is that of the newest deployment, and be cut', async () => {
    expect(await all(sluice.list({ state: 'running' }))).toMatchObject([{ application: 'shop' }]);
    expect(await all(sluice.list({ state: 'terminated' }))).toHaveLength(1);
    expect(await all(sluice.list({ state: 'failed' }))).toEqual([]);
    expect(await all(sluice.list({ limit: 1 }))).toHaveLength(1);
  });
});

describe('the history of an application', () => {
  it('has its deployments, newest first, with how they ended', async () => {
    const records = await all(sluice.history('shop'));
    expect(records.map(({ deploymentId }) => deploymentId)).toEqual(started.toReversed());
    expect(records).toMatchObject([
      { state: 'running' },
      { state: 'succeeded', outcome: { counts: { deployed: 1 } } },
      { state: 'failed', outcome: { counts: { blocked: 1 }, failures: [{}] } },
    ]);
    expect(records[0]).not.toHaveProperty('outcome');
  });

  it('does not exist where there was no deployment, whatever the name', async () => {
    // The last is the rest of a target's id.
    for (const name of ['never', "x' OR WorkflowId != '", 'a:b', 'shop:prod']) {
      await expect(all(sluice.history(name))).rejects.toMatchObject({ code: 'notFound' });
      await expect(sluice.status(name)).rejects.toMatchObject({ code: 'notFound' });
    }
  });
});

describe('a deployment', () => {
  it('is found by its id among those of its application', async () => {
    const [oldest = ''] = started;
    expect(await sluice.find(oldest, 'shop')).toMatchObject({ state: 'failed' });
    await expect(sluice.find(oldest, 'payments')).rejects.toThrow('no deployment of "payments"');
  });
});
