import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProvisionInput } from '../../src/activities/provisioned.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { workerAwsEnvironment } from '../support/awsPlace.js';
import { DenyingProxy } from '../support/denyingProxy.js';
import { letProvisioningFail } from '../support/emulatorControl.js';
import { ExistingFunction } from '../support/existingFunction.js';
import { shared } from '../support/shared.js';

let run: Run;
let proxy: DenyingProxy;
beforeAll(async () => {
  run = activityBench();
  proxy = await DenyingProxy.start(shared.awsEndpoint);
});
afterAll(() => proxy.stop());

function give({ place, name }: ExistingFunction, qualifier: string, environments: number) {
  return place.clients.lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: name,
      Qualifier: qualifier,
      ProvisionedConcurrentExecutions: environments,
    }),
  );
}

function createAlias({ place, name }: ExistingFunction, alias: string, version: string) {
  const command = { FunctionName: name, Name: alias, FunctionVersion: version };
  return place.clients.lambda.send(new CreateAliasCommand(command));
}

async function provision(existing: ExistingFunction, changes: Partial<ProvisionInput>) {
  const { access, version } = existing;
  const { state } = await run('provision', {
    ...access,
    version,
    wanted: 0,
    known: [0],
    ...changes,
  });
  return state;
}

async function ready({ access, version }: ExistingFunction, wanted: number): Promise<void> {
  await run('awaitProvisioned', { ...access, version, wanted });
}

/** What AWS says that the version has. */
async function environments({ access, version }: ExistingFunction): Promise<number | undefined> {
  const { provisioned } = await run('readBack', { ...access, provisioned: [version] });
  return provisioned?.[version];
}

async function sent({ place }: ExistingFunction): Promise<string[]> {
  return (await place.writes()).filter((operation) => operation.includes('Provisioned'));
}

describe('asking for provisioned concurrency', () => {
  it('gives it to a version, and to wait for it is another activity', async () => {
    const existing = await ExistingFunction.make();
    expect(await provision(existing, { wanted: 20 })).toEqual({ result: 'done' });
    await ready(existing, 20);
    expect(await environments(existing)).toBe(20);
  });

  it('takes it away, also where it is gone already', async () => {
    const existing = await ExistingFunction.make();
    await give(existing, existing.version, 20);
    expect(await provision(existing, { known: [20] })).toEqual({ result: 'done' });
    expect(await provision(existing, { known: [20] })).toEqual({ result: 'done' });
    expect(await environments(existing)).toBe(0);
  });

  it('adopts what an earlier attempt has asked for', async () => {
    const existing = await ExistingFunction.make();
    await provision(existing, { wanted: 20 });
    expect(await provision(existing, { wanted: 20 })).toEqual({ result: 'done' });
    expect(await sent(existing)).toEqual(['PutProvisionedConcurrencyConfig']);
  });

  it('writes nothing over another number', async () => {
    const existing = await ExistingFunction.make();
    await give(existing, existing.version, 5);
    const changed = { result: 'changed', found: 5 };
    expect(await provision(existing, { wanted: 20 })).toEqual(changed);
    expect(await provision(existing, { known: [20] })).toEqual(changed);
    expect(await environments(existing)).toBe(5);
  });

  it('takes nothing from a version to which another alias gives traffic, however little', async () => {
    const existing = await ExistingFunction.make();
    const { place, name, version } = existing;
    await existing.record(existing.first);
    await give(existing, version, 20);
    await createAlias(existing, 'live', version);
    await createAlias(existing, 'preview', '2');
    await place.clients.lambda.send(
      new UpdateAliasCommand({
        FunctionName: name,
        Name: 'preview',
        RoutingConfig: { AdditionalVersionWeights: { [version]: 0.01 } },
      }),
    );
    const serves = (aliases: string[]) => ({ result: 'serves', aliases });
    expect(await provision(existing, { known: [20] })).toEqual(serves(['live', 'preview']));
    expect(await provision(existing, { known: [20], mayServe: 'live' })).toEqual(
      serves(['preview']),
    );
    expect(await environments(existing)).toBe(20);
  });

  it('says so of a version that is gone', async () => {
    const existing = await ExistingFunction.make();
    expect(await provision(existing, { version: '9', wanted: 20 })).toEqual({ result: 'gone' });
  });

  it('asks again for what AWS could not allocate', async () => {
    const existing = await ExistingFunction.make();
    await letProvisioningFail(existing.place.account, 'FUNCTION_ERROR_INIT_FAILURE');
    await provision(existing, { wanted: 20 });
    await expect(ready(existing, 20)).rejects.toMatchObject({
      type: 'updateFailed',
      nonRetryable: true,
      message: expect.stringMatching(
        /^AWS could not allocate the provisioned concurrency of 20 for version 1 of orders-\w+ in us-east-1: FUNCTION_ERROR_INIT_FAILURE\.$/,
      ),
    });
    await letProvisioningFail(existing.place.account, '');
    await provision(existing, { wanted: 20 });
    await ready(existing, 20);
  });

  it('is refused beyond what is left of the account’s, with what to do', async () => {
    const existing = await ExistingFunction.make();
    const refused = (await provision(existing, { wanted: 901 }).catch(
      (error: unknown) => error,
    )) as ApplicationFailure;
    expect(refused.type).toBe('settingsRejected');
    expect(refused.details?.[0]).toMatchObject({
      remedy: expect.stringContaining('ask AWS for a higher quota'),
    });
  });
});

describe('waiting for provisioned concurrency', () => {
  it('ends where somebody has taken it away or changed it', async () => {
    const existing = await ExistingFunction.make();
    const { place, name, version } = existing;
    await give(existing, version, 5);
    await expect(ready(existing, 20)).rejects.toMatchObject({ type: 'foreignChange' });
    await place.clients.lambda.send(
      new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: version }),
    );
    await expect(ready(existing, 20)).rejects.toMatchObject({ type: 'foreignChange' });
  });
});

describe('looking at a function', () => {
  async function inspect(existing: ExistingFunction, provisionedConcurrency?: number) {
    const { place, name, access, first } = existing;
    const plan = {
      ...place.functionPlan(name, {}, 'live'),
      ...(provisionedConcurrency !== undefined && { provisionedConcurrency }),
    };
    const found = await run('inspectFunction', { ...access, plan, package: first });
    return found.snapshot;
  }

  it('finds the provisioned concurrency of its versions and of its alias', async () => {
    const existing = await ExistingFunction.make();
    await existing.record(existing.first);
    await createAlias(existing, 'live', '2');
    expect(await inspect(existing)).not.toHaveProperty('provisioned');
    await give(existing, '1', 20);
    expect((await inspect(existing)).provisioned).toEqual({ versions: { '1': 20 } });
    await give(existing, 'live', 8);
    expect((await inspect(existing)).provisioned).toEqual({ versions: { '1': 20 }, alias: 8 });
  });

  it('asks for it once, and only where there is an alias', async () => {
    const existing = await ExistingFunction.make();
    const asked = async () =>
      (await existing.place.requests()).filter(({ operation }) => operation.includes('Provisioned'))
        .length;
    await inspect(existing);
    expect(await asked()).toBe(0);
    await createAlias(existing, 'live', '1');
    await inspect(existing);
    expect(await asked()).toBe(1);
  });

  it('goes on without it where the deploy role may not see it and no plan names it', async () => {
    const existing = await ExistingFunction.make();
    await createAlias(existing, 'live', '1');
    proxy.denied = /^GET \S+provisioned-concurrency/;
    try {
      run = activityBench();
      process.env['AWS_ENDPOINT_URL'] = proxy.endpoint;
      const snapshot = await inspect(existing);
      expect(snapshot).not.toHaveProperty('provisioned');
      expect(snapshot.provisionedUnknown).toContain('User is not authorized');
      await expect(inspect(existing, 20)).rejects.toMatchObject({
        type: 'accessDenied',
        nonRetryable: true,
      });
    } finally {
      Object.assign(process.env, workerAwsEnvironment());
      run = activityBench();
    }
  });
});
