import {
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, refusal, trusting } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('AssumeRole', () => {
  it('is denied, in the same words, for a role that does not exist and one that does not trust', async () => {
    const { caller, target } = twoAccounts();
    const arn = target.roleArn('deployer');
    const denied = {
      code: 'AccessDenied',
      status: 403,
      message:
        `User: arn:aws:iam::${caller.id}:root is not authorized to perform: ` +
        `sts:AssumeRole on resource: ${arn}`,
    };
    expect(await refusal(assume(caller, arn))).toEqual(denied);
    await target.createRole('deployer', trusting({ AWS: `arn:aws:iam::${target.id}:root` }));
    expect(await refusal(assume(caller, arn))).toEqual(denied);
  });

  it('is denied to accounts by a role that trusts a service alone', async () => {
    const { caller } = twoAccounts();
    await caller.createRole('runs-functions');
    expect(await refusal(assume(caller, caller.roleArn('runs-functions')))).toMatchObject({
      code: 'AccessDenied',
    });
  });

  it.each([
    ['everyone', () => ({ AWS: '*' })],
    ['the account', (id: string) => ({ AWS: id })],
    ['the root of the account', (id: string) => ({ AWS: [`arn:aws:iam::${id}:root`] })],
  ])('gives credentials for the account of a role that trusts %s', async (_who, principal) => {
    const { caller, target } = twoAccounts();
    await target.createRole('deployer', trusting(principal(caller.id)));
    const credentials = await assume(caller, target.roleArn('deployer'));
    const sts = new STSClient({ endpoint: emulator.endpoint, region: 'eu-west-1', credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: target.id,
      Arn: `arn:aws:sts::${target.id}:assumed-role/deployer/test`,
    });
    const lambda = new LambdaClient({
      endpoint: emulator.endpoint,
      region: 'eu-west-1',
      credentials,
    });
    await target.createReady();
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual([target.function]);
  });

  it('is for the role that a trust policy names, through that role’s own credentials', async () => {
    const { caller, target } = twoAccounts();
    await caller.createRole('worker', trusting({ AWS: caller.id }));
    await target.createRole('deployer', trusting({ AWS: caller.roleArn('worker') }));
    const arn = target.roleArn('deployer');
    expect(await refusal(assume(caller, arn))).toMatchObject({ code: 'AccessDenied' });
    const credentials = await assume(caller, caller.roleArn('worker'));
    const worker = new STSClient({ endpoint: emulator.endpoint, region: 'eu-west-1', credentials });
    await worker.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'test' }));
  });

  it('takes the external id that the trust policy asks for', async () => {
    const { caller, target } = twoAccounts();
    const condition = { StringEquals: { 'sts:ExternalId': 'agreed' } };
    await target.createRole('deployer', trusting({ AWS: caller.id }, condition));
    const arn = target.roleArn('deployer');
    expect(await refusal(assume(caller, arn))).toMatchObject({ code: 'AccessDenied' });
    expect(await refusal(assume(caller, arn, 'guessed'))).toMatchObject({ code: 'AccessDenied' });
    await assume(caller, arn, 'agreed');
  });
});

describe('an execution role', () => {
  const notAssumable = {
    code: 'InvalidParameterValueException',
    status: 400,
    message: 'The role defined for the function cannot be assumed by Lambda.',
  };

  it('has to exist and trust Lambda', async () => {
    const account = new Account(emulator.endpoint);
    expect(await refusal(account.create())).toEqual(notAssumable);
    await account.createReady();
    await account.createRole('for-people', trusting({ AWS: account.id }));
    for (const name of ['missing', 'for-people']) {
      expect(await refusal(changeRole(account, account.roleArn(name)))).toEqual(notAssumable);
    }
    await account.createRole('another');
    await changeRole(account, account.roleArn('another'));
  });

  it('has to be of the function’s account', async () => {
    const [other, account] = [new Account(emulator.endpoint), new Account(emulator.endpoint)];
    await other.createRole('runs-functions');
    await account.createReady();
    const refused = {
      code: 'AccessDeniedException',
      status: 403,
      message: 'Cross-account pass role is not allowed.',
    };
    expect(await refusal(changeRole(account, other.role))).toEqual(refused);
    const create = account.create({ FunctionName: 'other', Role: other.role });
    expect(await refusal(create)).toEqual(refused);
  });

  it('is named by its ARN', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    expect(await refusal(changeRole(account, 'runs-functions'))).toMatchObject({
      code: 'ValidationException',
      status: 400,
    });
  });
});

function twoAccounts() {
  return { caller: new Account(emulator.endpoint), target: new Account(emulator.endpoint) };
}

async function assume(account: Account, RoleArn: string, ExternalId?: string) {
  const { Credentials } = await account.sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

function changeRole(account: Account, Role: string) {
  return account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: account.function, Role }),
  );
}
