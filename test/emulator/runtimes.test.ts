import { UpdateFunctionConfigurationCommand, type Runtime } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ SLUICE_EMULATOR_TODAY: '2026-11-22' });
});
afterAll(() => emulator.stop());

const blocked = (runtime: Runtime) => ({
  code: 'InvalidParameterValueException',
  status: 400,
  message:
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS ` +
    'Lambda functions. We recommend you use a supported runtime while creating or updating ' +
    'functions.',
});

it('refuses the name of a runtime that does not exist', async () => {
  const account = new Account(emulator.endpoint);
  await account.createReady();
  const unknown = {
    code: 'InvalidParameterValueException',
    status: 400,
    message: expect.stringMatching(
      /^Value nodejs7\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[.*nodejs22\.x.*\] or be a valid ARN$/,
    ),
  };
  const Runtime = 'nodejs7.x' as Runtime;
  expect(await refusal(account.create({ FunctionName: 'other', Runtime }))).toEqual(unknown);
  expect(await refusal(changeRuntime(account, Runtime))).toEqual(unknown);
});

it('creates no functions on a runtime that is blocked for it', async () => {
  const account = new Account(emulator.endpoint);
  await account.createRole('runs-functions');
  expect(await refusal(account.create({ Runtime: 'nodejs14.x' }))).toEqual(blocked('nodejs14.x'));
  await account.create({ Runtime: 'nodejs18.x' });
});

it('updates no functions on a runtime that is blocked for it, except to another runtime', async () => {
  const account = new Account(emulator.endpoint);
  await account.createReady({ Runtime: 'nodejs18.x' });
  await emulator.setToday('2027-03-02');
  await account.updateReady('two');
  await emulator.setToday('2027-03-03');
  expect(await refusal(account.update({ ZipFile: codeSaying('three') }))).toEqual(
    blocked('nodejs18.x'),
  );
  expect(await refusal(changeRuntime(account, 'nodejs18.x'))).toEqual(blocked('nodejs18.x'));
  await changeRuntime(account, 'nodejs22.x');
  await account.ready();
  await account.updateReady('three');
  await emulator.setToday('');
});

function changeRuntime(account: Account, Runtime: Runtime) {
  return account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: account.function, Runtime }),
  );
}
