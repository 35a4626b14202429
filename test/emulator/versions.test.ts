import {
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  CreateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('PublishVersion', () => {
  it('publishes an active version under its own ARN', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    expect(await account.publish()).toMatchObject({
      Version: '1',
      FunctionArn: account.arn('1'),
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
  });

  it('answers with the latest version when code and settings are the same', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const first = await account.publish();
    await account.updateReady('one');
    await account.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: account.function, Timeout: 3 }),
    );
    await account.ready();
    expect((await account.publish()).RevisionId).toBe(first.RevisionId);
    await account.updateReady('two');
    expect((await account.publish()).Version).toBe('2');
  });

  it('refuses a CodeSha256 that is not that of $LATEST', async () => {
    const account = new Account(emulator.endpoint);
    const { CodeSha256 } = await account.createReady();
    const publish = (sha256: string | undefined) =>
      account.lambda.send(
        new PublishVersionCommand({ FunctionName: account.function, CodeSha256: sha256 }),
      );
    expect(await refusal(publish('other='))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message:
        `CodeSHA256 (other=) is different from current CodeSHA256 in $LATEST (${CodeSha256}). ` +
        'Please try again with the CodeSHA256 in $LATEST.',
    });
    expect((await publish(CodeSha256)).Version).toBe('1');
  });
});

describe('Publish', () => {
  it('makes UpdateFunctionCode answer with a version that is pending, then active', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.holdChanges();
    const published = await account.update({ ZipFile: codeSaying('two'), Publish: true });
    expect(published).toMatchObject({
      Version: '1',
      FunctionArn: account.arn('1'),
      State: 'Pending',
    });
    expect(published.LastUpdateStatus).toBeUndefined();
    expect(await account.configuration()).toMatchObject({ LastUpdateStatus: 'InProgress' });
    await account.letChangesEnd();
    expect((await account.ready('1')).CodeSha256).toBe(published.CodeSha256);
    expect((await account.invoke('1')).said).toMatchObject({ says: 'two', version: '1' });
  });

  it('makes CreateFunction answer with the number of a version that becomes active', async () => {
    const account = new Account(emulator.endpoint);
    await account.createRole('runs-functions');
    expect(await account.create({ Publish: true })).toMatchObject({
      Version: '1',
      FunctionArn: account.arn(),
      State: 'Pending',
    });
    expect(await account.ready('1')).toMatchObject({ FunctionArn: account.arn('1') });
  });
});

describe('GetFunction', () => {
  it('links to the package of the version or of the alias it is asked for', async () => {
    const account = new Account(emulator.endpoint);
    await account.createTwoVersions();
    await account.lambda.send(
      new CreateAliasCommand({
        FunctionName: account.function,
        Name: 'live',
        FunctionVersion: '1',
      }),
    );
    await account.updateReady('three');
    const packageOf = async (qualifier?: string) => {
      const location = (await account.get(qualifier)).Code?.Location ?? '';
      return new Uint8Array(await (await fetch(location)).arrayBuffer());
    };
    expect(await packageOf('live')).toEqual(new Uint8Array(codeSaying('one')));
    expect(await packageOf('2')).toEqual(new Uint8Array(codeSaying('two')));
    expect(await packageOf()).toEqual(new Uint8Array(codeSaying('three')));
  });

  it('describes an alias by its version, under the ARN of the alias', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const version = await account.publish();
    await account.lambda.send(
      new CreateAliasCommand({
        FunctionName: account.function,
        Name: 'live',
        FunctionVersion: '1',
      }),
    );
    const described = {
      Version: '1',
      FunctionArn: account.arn('live'),
      RevisionId: version.RevisionId,
    };
    expect(await account.configuration('live')).toMatchObject(described);
    const configuration = new GetFunctionConfigurationCommand({
      FunctionName: account.function,
      Qualifier: 'live',
    });
    expect(await account.lambda.send(configuration)).toMatchObject(described);
  });

  it('leaves out the reserved concurrency when it is asked for a qualifier', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: account.function,
        ReservedConcurrentExecutions: 7,
      }),
    );
    expect((await account.get()).Concurrency).toEqual({ ReservedConcurrentExecutions: 7 });
    expect((await account.get('$LATEST')).Concurrency).toBeUndefined();
  });

  it('names what it was asked for when that does not exist', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    expect(await refusal(account.get('7'))).toEqual({
      code: 'ResourceNotFoundException',
      status: 404,
      message: `Function not found: ${account.arn('7')}`,
    });
  });
});

describe('ListVersionsByFunction', () => {
  it('gives qualified ARNs and no states', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.publish();
    const list = new ListVersionsByFunctionCommand({ FunctionName: account.function });
    const { Versions = [] } = await account.lambda.send(list);
    expect(Versions.map(({ FunctionArn }) => FunctionArn)).toEqual([
      account.arn('$LATEST'),
      account.arn('1'),
    ]);
    expect(Versions.map(({ State }) => State)).toEqual([undefined, undefined]);
  });
});
