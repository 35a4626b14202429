import {
  CreateAliasCommand,
  DeleteAliasCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('an alias', () => {
  it('points only at versions that exist', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    const missing = {
      code: 'ResourceNotFoundException',
      status: 404,
      message: `Function not found: ${account.arn('9')}`,
    };
    expect(await refusal(createAlias(account, '9'))).toEqual(missing);
    expect(await refusal(createAlias(account, '1', { 9: 0.5 }))).toEqual(missing);
    await createAlias(account, '1');
    expect(await refusal(updateAlias(account, '9'))).toEqual(missing);
    expect(await refusal(updateAlias(account, undefined, { 9: 0.5 }))).toEqual(missing);
  });

  it('points only at versions that are active', async () => {
    const account = new Account(emulator.endpoint);
    await account.createRole('runs-functions');
    await account.create({ Publish: true });
    expect(await refusal(createAlias(account, '1'))).toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
    });
    await account.ready();
    await createAlias(account, '1');
  });

  it('points at $LATEST alone, there and back', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await createAlias(account, '$LATEST');
    await account.updateReady('three');
    expect((await account.invoke('live')).said.says).toBe('three');
    await updateAlias(account, '1', {});
    expect((await account.invoke('live')).said.says).toBe('one');
    await updateAlias(account, '$LATEST', {});
    expect((await account.invoke('live')).said.says).toBe('three');
  });

  it('has a description of up to 256 characters', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    const tooLong = { code: 'ValidationException', status: 400 };
    const [name, Description] = [account.function, 'x'.repeat(256)];
    const create = (more: string) =>
      account.lambda.send(
        new CreateAliasCommand({
          FunctionName: name,
          Name: 'live',
          FunctionVersion: '1',
          Description: `${Description}${more}`,
        }),
      );
    const update = (more: string) =>
      account.lambda.send(
        new UpdateAliasCommand({
          FunctionName: name,
          Name: 'live',
          Description: `${Description}${more}`,
        }),
      );
    expect(await refusal(create('y'))).toMatchObject(tooLong);
    expect(await create('')).toMatchObject({ Description });
    expect(await refusal(update('y'))).toMatchObject(tooLong);
    expect(await update('')).toMatchObject({ Description, FunctionVersion: '1' });
  });

  it('is not named by a number', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const create = new CreateAliasCommand({
      FunctionName: account.function,
      Name: '7',
      FunctionVersion: '$LATEST',
    });
    expect(await refusal(account.lambda.send(create))).toMatchObject({
      code: 'ValidationException',
      status: 400,
    });
  });

  it('names a version, or $LATEST', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const create = new CreateAliasCommand({
      FunctionName: account.function,
      Name: 'live',
      FunctionVersion: undefined,
    });
    expect(await refusal(account.lambda.send(create))).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining("Value null at 'functionVersion'"),
    });
  });

  it('can be deleted when it does not exist', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.lambda.send(
      new DeleteAliasCommand({ FunctionName: account.function, Name: 'live' }),
    );
  });
});

describe('the weights of an alias', () => {
  it('take a second published version and a weight from 0 to 1', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await createAlias(account, '1');
    const refused = async (version: string | undefined, weights: Record<string, number>) =>
      refusal(updateAlias(account, version, weights));
    expect(await refused('$LATEST', { 2: 0.5 })).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message: '$LATEST is not supported for an alias pointing to more than 1 version',
    });
    expect(await refused('1', { $LATEST: 0.5 })).toMatchObject({ code: 'ValidationException' });
    expect(await refused('1', { 2: 1.5 })).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(
        "Value '{2=1.5}' at 'routingConfig.additionalVersionWeights'",
      ),
    });
    expect(await refused('1', { 2: -0.1 })).toMatchObject({ code: 'ValidationException' });
    expect(await refused('1', { 1: 0.5 })).toMatchObject({
      message:
        'Invalid function version 1. Function version 1 is already included in routing configuration.',
    });
    expect(await refused('1', { 1: 0.5, 2: 0.1 })).toMatchObject({
      message: 'Number of items in AdditionalVersionWeights cannot be greater than 1',
    });
    await updateAlias(account, '1', { 2: 1 });
    expect(await refusal(updateAlias(account, '2'))).toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  it('take two versions with the same execution role', async () => {
    const account = new Account(emulator.endpoint);
    await account.createRole('another');
    await publishTwo(account, { Role: account.roleArn('another') });
    expect(await refusal(createAlias(account, '1', { 2: 0.5 }))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message: 'Specified versions must be associated with the same execution role',
    });
    await createAlias(account, '2');
  });

  it('take two versions with the same dead-letter queue', async () => {
    const account = new Account(emulator.endpoint);
    const queue = `arn:aws:sqs:eu-west-1:${account.id}:failed`;
    await publishTwo(account, { DeadLetterConfig: { TargetArn: queue } });
    expect(await refusal(createAlias(account, '1', { 2: 0.5 }))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('dead-letter queue'),
    });
  });

  it('keep provisioned concurrency away', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await createAlias(account, '1', { 2: 0.5 });
    const put = (qualifier: string) =>
      account.lambda.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: account.function,
          Qualifier: qualifier,
          ProvisionedConcurrentExecutions: 1,
        }),
      );
    expect(await refusal(put('live'))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message: 'Alias with weights can not be used with Provisioned Concurrency',
    });
    expect(await refusal(put('$LATEST'))).toMatchObject({ code: 'InvalidParameterValueException' });
    await updateAlias(account, '2', {});
    await put('live');
  });
});

describe('invoking an alias', () => {
  it('goes to its version', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await createAlias(account, '1');
    expect(await account.invoke('live')).toEqual({
      version: '1',
      said: { says: 'one', version: '1', arn: account.arn('live') },
    });
  });

  it('goes to either version, as the weights have it', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await createAlias(account, '1', { 2: 0.5 });
    let second = 0;
    for (let count = 0; count < 40; count++) {
      const { version, said } = await account.invoke('live');
      expect(said.version).toBe(version);
      expect(said.arn).toBe(account.arn('live'));
      if (version === '2') second++;
    }
    // 20 are expected; the odds of leaving these bounds are below one in 10,000.
    expect(second).toBeGreaterThan(7);
    expect(second).toBeLessThan(33);
    await updateAlias(account, '1', { 2: 1 });
    expect((await account.invoke('live')).version).toBe('2');
    await updateAlias(account, '2', {});
    expect((await account.invoke('live')).version).toBe('2');
  });
});

function createAlias(account: Account, version: string, weights?: Record<string, number>) {
  return account.lambda.send(
    new CreateAliasCommand({
      FunctionName: account.function,
      Name: 'live',
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
  );
}

function updateAlias(account: Account, version?: string, weights?: Record<string, number>) {
  return account.lambda.send(
    new UpdateAliasCommand({
      FunctionName: account.function,
      Name: 'live',
      FunctionVersion: version,
      RoutingConfig: weights && { AdditionalVersionWeights: weights },
    }),
  );
}

/** Two versions, the second with other settings. */
async function publishTwo(
  account: Account,
  settings: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>,
) {
  await account.createReady();
  await account.publish();
  await account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: account.function, ...settings }),
  );
  await account.ready();
  await account.publish();
}
