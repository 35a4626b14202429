import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAccountSettingsCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/until.js';
import { Account, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

async function withTwoVersions(): Promise<Account> {
  const account = new Account(emulator.endpoint);
  await account.createTwoVersions();
  return account;
}

function put(account: Account, qualifier: string, environments: number) {
  return account.lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: account.function,
      Qualifier: qualifier,
      ProvisionedConcurrentExecutions: environments,
    }),
  );
}

function get(account: Account, qualifier: string) {
  return account.lambda.send(
    new GetProvisionedConcurrencyConfigCommand({
      FunctionName: account.function,
      Qualifier: qualifier,
    }),
  );
}

function remove(account: Account, qualifier: string) {
  return account.lambda.send(
    new DeleteProvisionedConcurrencyConfigCommand({
      FunctionName: account.function,
      Qualifier: qualifier,
    }),
  );
}

async function listed(account: Account) {
  const { ProvisionedConcurrencyConfigs: found = [] } = await account.lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName: account.function }),
  );
  return found.map((one) => [one.FunctionArn, one.RequestedProvisionedConcurrentExecutions]);
}

async function createAlias(account: Account, version: string): Promise<void> {
  await account.lambda.send(
    new CreateAliasCommand({
      FunctionName: account.function,
      Name: 'live',
      FunctionVersion: version,
    }),
  );
}

async function ready(account: Account, qualifier: string): Promise<void> {
  await eventually(async () => expect((await get(account, qualifier)).Status).toBe('READY'), 5000);
}

async function letFail(account: Account, reason: string): Promise<void> {
  const query = new URLSearchParams({ account: account.id, fails: reason }).toString();
  const url = `${emulator.endpoint}/_sluice/provisioning?${query}`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(200);
}

describe('the provisioned concurrency of a version', () => {
  it('is in progress, then ready', async () => {
    const account = await withTwoVersions();
    await account.holdChanges();
    expect(await put(account, '1', 20)).toMatchObject({
      Status: 'IN_PROGRESS',
      RequestedProvisionedConcurrentExecutions: 20,
      AllocatedProvisionedConcurrentExecutions: 0,
    });
    expect(await get(account, '1')).toMatchObject({ Status: 'IN_PROGRESS' });
    await account.letChangesEnd();
    await ready(account, '1');
    expect(await get(account, '1')).toMatchObject({
      AllocatedProvisionedConcurrentExecutions: 20,
      AvailableProvisionedConcurrentExecutions: 20,
    });
  });

  it('keeps what it has while it gets more', async () => {
    const account = await withTwoVersions();
    await put(account, '1', 20);
    await ready(account, '1');
    await account.holdChanges();
    expect(await put(account, '1', 30)).toMatchObject({
      Status: 'IN_PROGRESS',
      AllocatedProvisionedConcurrentExecutions: 20,
    });
  });

  it('fails with a reason where it cannot be allocated', async () => {
    const account = await withTwoVersions();
    await letFail(account, 'FUNCTION_ERROR_INIT_FAILURE');
    await put(account, '1', 20);
    await eventually(
      async () =>
        expect(await get(account, '1')).toMatchObject({
          Status: 'FAILED',
          StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
        }),
      5000,
    );
    await letFail(account, '');
    await put(account, '1', 20);
    await ready(account, '1');
    expect((await get(account, '1')).StatusReason).toBeUndefined();
  });

  it('is listed with that of the others, and gone once it is taken away, also twice', async () => {
    const account = await withTwoVersions();
    await put(account, '1', 20);
    await put(account, '2', 30);
    expect(await listed(account)).toEqual([
      [account.arn('1'), 20],
      [account.arn('2'), 30],
    ]);
    await remove(account, '1');
    await remove(account, '1');
    expect(await listed(account)).toEqual([[account.arn('2'), 30]]);
    expect(await refusal(get(account, '1'))).toMatchObject({
      code: 'ProvisionedConcurrencyConfigNotFoundException',
      status: 404,
    });
  });

  it('is 1 at least, and of a version that there is', async () => {
    const account = await withTwoVersions();
    expect(await refusal(put(account, '1', 0))).toMatchObject({ code: 'ValidationException' });
    expect(await refusal(put(account, '9', 1))).toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(await refusal(get(account, '9'))).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('is never that of $LATEST', async () => {
    const account = await withTwoVersions();
    for (const request of [put(account, '$LATEST', 1), get(account, '$LATEST')]) {
      expect(await refusal(request)).toMatchObject({ code: 'InvalidParameterValueException' });
    }
    expect(await refusal(remove(account, '$LATEST'))).toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  it('counts, with that of other versions, towards what is reserved for the function', async () => {
    const account = await withTwoVersions();
    await account.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: account.function,
        ReservedConcurrentExecutions: 30,
      }),
    );
    await put(account, '1', 20);
    expect(await refusal(put(account, '2', 20))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message:
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    });
    await put(account, '2', 10);
    await put(account, '1', 15);
  });

  it('leaves the account 100 executions for other functions', async () => {
    const account = await withTwoVersions();
    await put(account, '1', 800);
    expect(await refusal(put(account, '2', 101))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('UnreservedConcurrentExecution below its minimum value'),
    });
    const { AccountLimit } = await account.lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(200);
  });
});

describe('the provisioned concurrency of an alias', () => {
  it('keeps weights away', async () => {
    const account = await withTwoVersions();
    await createAlias(account, '1');
    await put(account, 'live', 20);
    const split = account.lambda.send(
      new UpdateAliasCommand({
        FunctionName: account.function,
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { '2': 0.5 } },
      }),
    );
    expect(await refusal(split)).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Invalid alias configuration for Provisioned Concurrency',
    });
  });

  it('and that of its version exclude each other', async () => {
    const account = await withTwoVersions();
    await createAlias(account, '1');
    await put(account, 'live', 20);
    expect(await refusal(put(account, '1', 20))).toMatchObject({
      code: 'ResourceConflictException',
      message: 'Version is pointed by a Provisioned Concurrency alias',
    });
    await remove(account, 'live');
    await put(account, '1', 20);
    expect(await refusal(put(account, 'live', 20))).toMatchObject({
      code: 'ResourceConflictException',
    });
  });
});
