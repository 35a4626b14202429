import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001';

const tell = (what: string) => fetch(`${emulator.endpoint}/_sluice/${what}`, { method: 'POST' });

describe('an update of the code', () => {
  it('sets what it does not name to its default, and leaves versions as they are', async () => {
    const account = new Account(emulator.endpoint);
    const code = { ZipFile: codeSaying('one'), SourceKMSKeyArn: KEY };
    await account.createReady({ Code: code, Architectures: ['arm64'] });
    await account.publish();
    const described = async (qualifier?: string) => {
      const { Code, Configuration } = await account.get(qualifier);
      return [Code?.SourceKMSKeyArn, Configuration?.Architectures];
    };
    expect(await described()).toEqual([KEY, ['arm64']]);
    await account.updateReady('two');
    expect(await described()).toEqual([undefined, ['x86_64']]);
    expect(await described('1')).toEqual([KEY, ['arm64']]);
  });
});

describe('an account', () => {
  it('has so much room for code, versions included, and no more', async () => {
    const account = new Account(emulator.endpoint);
    const { CodeSize = 0 } = await account.createReady();
    const room = async () => {
      const { AccountLimit, AccountUsage } = await account.lambda.send(
        new GetAccountSettingsCommand({}),
      );
      return [AccountLimit?.TotalCodeSize, AccountUsage?.TotalCodeSize];
    };
    await tell(`code-storage?account=${account.id}&bytes=${2 * CodeSize}`);
    expect(await room()).toEqual([2 * CodeSize, CodeSize]);
    await account.publish();
    expect(await room()).toEqual([2 * CodeSize, 2 * CodeSize]);
    const full = {
      code: 'CodeStorageExceededException',
      status: 400,
      message: 'Code storage limit exceeded.',
    };
    expect(await refusal(account.create({ FunctionName: 'other' }))).toEqual(full);
    const larger = codeSaying('something that is rather longer, so that it takes more room');
    expect(await refusal(account.update({ ZipFile: larger }))).toEqual(full);
    // Nothing has changed since the last version, so none is made.
    expect((await account.publish()).Version).toBe('1');
  });

  it('is unknown in a region that it has not enabled', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await tell(`without-region?account=${account.id}&region=eu-west-1`);
    const assume = new AssumeRoleCommand({ RoleArn: account.role, RoleSessionName: 'a' });
    expect(await refusal(account.sts.send(assume))).toMatchObject({
      code: 'InvalidClientTokenId',
      status: 403,
    });
    const update = account.update({ ZipFile: codeSaying('two') });
    expect(await refusal(update)).toMatchObject({
      code: 'UnrecognizedClientException',
      status: 403,
    });
  });
});
