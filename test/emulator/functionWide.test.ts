import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionConcurrencyCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateRuntimeOn,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

async function withFunction(): Promise<Account> {
  const account = new Account(emulator.endpoint);
  await account.createReady();
  return account;
}

const RUNTIME_VERSION = 'arn:aws:lambda:eu-west-1::runtime:0123abcd';

describe('reserved concurrency', () => {
  const reserve = (account: Account, ReservedConcurrentExecutions: number) =>
    account.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: account.function,
        ReservedConcurrentExecutions,
      }),
    );

  it('leaves 100 of the account to functions that reserve none', async () => {
    const account = await withFunction();
    await reserve(account, 900);
    expect(await refusal(reserve(account, 901))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    });
    const { AccountLimit } = await account.lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(100);
  });

  it('is told by GetFunction, 0 too, and by its absence where there is none', async () => {
    const account = await withFunction();
    const told = async () => (await account.get()).Concurrency?.ReservedConcurrentExecutions;
    expect(await told()).toBeUndefined();
    await reserve(account, 0);
    expect(await told()).toBe(0);
    await account.lambda.send(
      new DeleteFunctionConcurrencyCommand({ FunctionName: account.function }),
    );
    expect(await told()).toBeUndefined();
  });
});

describe('tags', () => {
  const tag = (account: Account, Tags: Record<string, string>) =>
    account.lambda.send(new TagResourceCommand({ Resource: account.arn(), Tags }));

  it('are added to those that are there, and taken away by their keys', async () => {
    const account = await withFunction();
    await tag(account, { a: '1', b: '2' });
    await tag(account, { b: '3', c: '' });
    expect((await account.get()).Tags).toEqual({ a: '1', b: '3', c: '' });
    await account.lambda.send(
      new UntagResourceCommand({ Resource: account.arn(), TagKeys: ['a', 'c'] }),
    );
    expect((await account.get()).Tags).toEqual({ b: '3' });
  });

  it('are at most 50, and none of AWS’s own', async () => {
    const account = await withFunction();
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag-${n}`, '']));
    await tag(account, many);
    expect(await refusal(tag(account, { more: '' }))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Number of tags exceeds resource tag limit.',
    });
    expect(await refusal(tag(account, { 'aws:mine': '' }))).toMatchObject({
      code: 'InvalidParameterValueException',
    });
    expect(
      await refusal(account.create({ FunctionName: 'other', Tags: { ...many, more: '' } })),
    ).toMatchObject({ code: 'InvalidParameterValueException' });
  });
});

describe('runtime management', () => {
  const manage = (account: Account, UpdateRuntimeOn: UpdateRuntimeOn, RuntimeVersionArn?: string) =>
    account.lambda.send(
      new PutRuntimeManagementConfigCommand({
        FunctionName: account.function,
        UpdateRuntimeOn,
        RuntimeVersionArn,
      }),
    );

  it('is that of each version, and Auto where nobody has set it', async () => {
    const account = await withFunction();
    await account.publish();
    await manage(account, 'Manual', RUNTIME_VERSION);
    const told = async (Qualifier?: string) => {
      const { UpdateRuntimeOn, RuntimeVersionArn } = await account.lambda.send(
        new GetRuntimeManagementConfigCommand({ FunctionName: account.function, Qualifier }),
      );
      return [UpdateRuntimeOn, RuntimeVersionArn];
    };
    expect(await told()).toEqual(['Manual', RUNTIME_VERSION]);
    expect(await told('1')).toEqual(['Auto', undefined]);
  });

  it('names a version of the runtime with Manual, and only then', async () => {
    const account = await withFunction();
    const code = 'InvalidParameterValueException';
    expect(await refusal(manage(account, 'Manual'))).toMatchObject({ code });
    expect(await refusal(manage(account, 'Auto', RUNTIME_VERSION))).toMatchObject({ code });
  });

  it('lets nobody change the runtime while it is Manual', async () => {
    const account = await withFunction();
    const change = () =>
      account.lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: account.function,
          Runtime: 'nodejs24.x',
        }),
      );
    await manage(account, 'Manual', RUNTIME_VERSION);
    expect(await refusal(change())).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Cannot change runtime identifier'),
    });
    await manage(account, 'FunctionUpdate');
    expect((await change()).Runtime).toBe('nodejs24.x');
  });
});
