import {
  AddPermissionCommand,
  GetPolicyCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('a function that is being created', () => {
  it('is Pending, then Active, with a new revision', async () => {
    const account = new Account(emulator.endpoint);
    await account.createRole('runs-functions');
    const created = await account.create();
    expect(created).toMatchObject({
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    });
    expect(created.LastUpdateStatus).toBeUndefined();
    const ready = await account.ready();
    expect(ready.StateReason).toBeUndefined();
    expect(ready.RevisionId).not.toBe(created.RevisionId);
  });

  it('can be neither changed, published nor invoked', async () => {
    const account = new Account(emulator.endpoint);
    await account.createRole('runs-functions');
    await account.holdChanges();
    await account.create();
    const pending = {
      code: 'ResourceConflictException',
      status: 409,
      message:
        'The operation cannot be performed at this time. ' +
        'The function is currently in the following state: Pending',
    };
    expect(await refusal(account.update({ ZipFile: codeSaying('two') }))).toEqual(pending);
    expect(await refusal(configure(account, { Timeout: 5 }))).toEqual(pending);
    expect(await refusal(account.publish())).toEqual(pending);
    expect(await refusal(account.invoke())).toEqual(pending);
  });
});

describe('a function that is being updated', () => {
  it('stays Active and says that the update is in progress', async () => {
    const account = new Account(emulator.endpoint);
    const before = await account.createReady();
    await account.holdChanges();
    const updated = await account.update({ ZipFile: codeSaying('two') });
    expect(updated).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' });
    expect(updated.RevisionId).not.toBe(before.RevisionId);
    expect(await account.configuration()).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    });
    await account.letChangesEnd();
    expect((await account.ready()).RevisionId).not.toBe(updated.RevisionId);
  });

  it('refuses further changes until the update is complete', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.holdChanges();
    await configure(account, { Timeout: 5 });
    const inProgress = {
      code: 'ResourceConflictException',
      status: 409,
      message:
        'The operation cannot be performed at this time. ' +
        `An update is in progress for resource: ${account.arn()}`,
    };
    expect(await refusal(account.update({ ZipFile: codeSaying('two') }))).toEqual(inProgress);
    expect(await refusal(configure(account, { Timeout: 6 }))).toEqual(inProgress);
    expect(await refusal(account.publish())).toEqual(inProgress);
    const tag = new TagResourceCommand({ Resource: account.arn(), Tags: { a: 'b' } });
    expect(await refusal(account.lambda.send(tag))).toEqual(inProgress);
    await account.letChangesEnd();
    expect(await account.ready()).toMatchObject({ Timeout: 5 });
    await account.updateReady('two');
  });

  it('answers invocations with the previous code until then', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.holdChanges();
    await account.update({ ZipFile: codeSaying('two') });
    expect((await account.invoke()).said.says).toBe('one');
    await account.letChangesEnd();
    await account.ready();
    expect((await account.invoke()).said.says).toBe('two');
  });

  it('finishes the invocations that were under way', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady({ Code: { ZipFile: codeSaying('slow', 700) } });
    const slow = account.invoke();
    await account.updateReady('two');
    expect((await slow).said.says).toBe('slow');
  });
});

describe('a revision', () => {
  it('is refused as a precondition once it is not the latest', async () => {
    const account = new Account(emulator.endpoint);
    const before = await account.createReady();
    await account.updateReady('two');
    const stale = {
      code: 'PreconditionFailedException',
      status: 412,
      message:
        'The Revision Id provided does not match the latest Revision Id. ' +
        'Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    };
    const RevisionId = before.RevisionId;
    expect(await refusal(account.update({ ZipFile: codeSaying('three'), RevisionId }))).toEqual(
      stale,
    );
    const publish = new PublishVersionCommand({ FunctionName: account.function, RevisionId });
    expect(await refusal(account.lambda.send(publish))).toEqual(stale);
  });

  it('of $LATEST is a new one when a version is published', async () => {
    const account = new Account(emulator.endpoint);
    const before = await account.createReady();
    const version = await account.publish();
    const after = await account.configuration();
    expect(after.RevisionId).not.toBe(before.RevisionId);
    expect(after.RevisionId).not.toBe(version.RevisionId);
  });

  it('of $LATEST is a new one when a permission is added or removed', async () => {
    const account = new Account(emulator.endpoint);
    const { RevisionId: first } = await account.createReady();
    await account.lambda.send(
      new AddPermissionCommand({
        FunctionName: account.function,
        StatementId: 'events',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      }),
    );
    const { RevisionId: second } = await account.configuration();
    expect(second).not.toBe(first);
    const policy = new GetPolicyCommand({ FunctionName: account.function });
    expect((await account.lambda.send(policy)).RevisionId).toBe(second);
    await account.lambda.send(
      new RemovePermissionCommand({ FunctionName: account.function, StatementId: 'events' }),
    );
    expect((await account.configuration()).RevisionId).not.toBe(second);
    expect(await refusal(account.lambda.send(policy))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });
});

function configure(account: Account, settings: { Timeout: number }) {
  return account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: account.function, ...settings }),
  );
}
