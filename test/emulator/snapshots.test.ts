import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/until.js';
import { Account } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

async function published(): Promise<Account> {
  const account = new Account(emulator.endpoint);
  await account.createReady({ Runtime: 'java21', SnapStart: { ApplyOn: 'PublishedVersions' } });
  await account.tellOfSnapshots({ held: 'true' });
  await account.publish();
  return account;
}

describe('a published version with SnapStart', () => {
  it('is Pending until its snapshot is made', async () => {
    const account = await published();
    expect(await account.configuration('1')).toMatchObject({
      State: 'Pending',
      SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' },
    });
    await account.tellOfSnapshots({ held: 'false' });
    await eventually(async () =>
      expect(await account.configuration('1')).toMatchObject({ State: 'Active' }),
    );
  });

  it('is Failed, and says why, when it cannot be made', async () => {
    const account = await published();
    await account.tellOfSnapshots({ held: 'false', reason: 'The handler threw.' });
    expect(await account.configuration('1')).toMatchObject({
      State: 'Failed',
      StateReason: 'The handler threw.',
    });
  });
});
