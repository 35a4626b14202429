import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { makeExecutionRole } from '../../dev/stack/roles.js';
import { refusal } from './account.js';
import { type Emulator, startEmulator } from './startEmulator.js';

const account = '300000000001';
const region = 'eu-west-1';
const executionRole = `arn:aws:iam::${account}:role/runs-functions`;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ AUTH: 'true' });
  await makeExecutionRole(emulator.endpoint, executionRole);
});
afterAll(() => emulator.stop());

/** A user of the account that may do this with the function `mine`, without its versions. */
async function userWho(...Action: string[]): Promise<LambdaClient> {
  const { endpoint } = emulator;
  const root = { accessKeyId: account, secretAccessKey: 'test' };
  const iam = new IAMClient({ endpoint, region, credentials: root });
  const [UserName, PolicyName] = [`who-${Action.length}`, 'only'];
  await iam.send(new CreateUserCommand({ UserName }));
  const Resource = `arn:aws:lambda:${region}:${account}:function:mine`;
  const Statement = [{ Effect: 'Allow', Action, Resource }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
  return new LambdaClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
}

describe('an emulator that holds requests against policies', () => {
  it('checks them against the function, version or alias that they name', async () => {
    const lambda = await userWho('lambda:CreateFunction', 'lambda:GetFunction');
    const create = (FunctionName: string) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: executionRole,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Code: { ZipFile: zipOf({ 'index.js': 'exports.handler = async () => 1;' }) },
          Publish: true,
        }),
      );
    expect((await create('mine')).FunctionName).toBe('mine');
    expect(await refusal(create('yours'))).toMatchObject({ code: 'AccessDeniedException' });
    const get = (Qualifier?: string) =>
      lambda.send(
        new GetFunctionCommand({ FunctionName: 'mine', ...(Qualifier && { Qualifier }) }),
      );
    expect((await get()).Configuration?.FunctionName).toBe('mine');
    expect(await refusal(get('1'))).toMatchObject({ code: 'AccessDeniedException' });
  });
});
