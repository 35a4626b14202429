import { CreateAliasCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal, trusting } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

it('tells the requests to Lambda, without code and secrets', async () => {
  const account = new Account(emulator.endpoint);
  const { next } = await emulator.requests();
  const began = Date.now();
  await account.createReady();
  await account.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: account.function,
      Environment: { Variables: { PASSWORD: 'secret' } },
    }),
  );
  await refusal(account.publish());
  await account.ready();
  await account.publish();
  await account.lambda.send(
    new CreateAliasCommand({ FunctionName: account.function, Name: 'live', FunctionVersion: '1' }),
  );
  await account.invoke('live');
  const ZipFile = codeSaying('two');
  await account.update({ ZipFile, DryRun: true });
  const { requests } = await emulator.requests(next);
  const told = requests.filter(({ operation }) => operation !== 'GetFunction');
  const common = { service: 'lambda', account: account.id, region: 'eu-west-1', resource: 'hello' };
  expect(told).toMatchObject([
    { ...common, operation: 'CreateFunction', mutation: true, status: 201, error: null },
    {
      ...common,
      operation: 'UpdateFunctionConfiguration',
      mutation: true,
      parameters: { Environment: { Variables: { PASSWORD: '***' } } },
    },
    { ...common, operation: 'PublishVersion', status: 409, error: 'ResourceConflictException' },
    { ...common, operation: 'PublishVersion', status: 201 },
    {
      ...common,
      operation: 'CreateAlias',
      qualifier: 'live',
      parameters: { FunctionVersion: '1' },
    },
    { ...common, operation: 'Invoke', mutation: false, qualifier: 'live', status: 200 },
    {
      ...common,
      operation: 'UpdateFunctionCode',
      mutation: false,
      parameters: { ZipFile: ZipFile.length, DryRun: true },
    },
  ]);
  expect(told[0]?.at).toBeGreaterThanOrEqual(began);
  expect(JSON.stringify(requests)).not.toContain('secret');
});

it('tells requests that were limited', async () => {
  const account = new Account(emulator.endpoint);
  const { next } = await emulator.requests();
  await Promise.allSettled(Array.from({ length: 80 }, () => account.publish()));
  const { requests } = await emulator.requests(next);
  expect(requests).toHaveLength(80);
  const limited = { status: 429, error: 'TooManyRequestsException' };
  expect(requests).toContainEqual(expect.objectContaining(limited));
});

it('tells the requests to STS', async () => {
  const account = new Account(emulator.endpoint);
  const { next } = await emulator.requests();
  const RoleArn = account.roleArn('deployer');
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'a' });
  await refusal(account.sts.send(assume));
  await account.createRole('deployer', trusting({ AWS: account.id }));
  await account.sts.send(assume);
  const common = { service: 'sts', operation: 'AssumeRole', resource: 'deployer', mutation: false };
  expect((await emulator.requests(next)).requests).toMatchObject([
    { ...common, account: account.id, status: 403, error: 'AccessDenied' },
    { ...common, status: 200, error: null, parameters: { RoleArn } },
  ]);
});

it('tells the requests to S3, whichever way they name the bucket', async () => {
  const account = new Account(emulator.endpoint);
  const { next } = await emulator.requests();
  const Bucket = `log-${account.id}`;
  await account.s3.send(new CreateBucketCommand({ Bucket }));
  await account.s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'content' }));
  const headers = { host: `${Bucket}.localhost` };
  await once(get(`${emulator.endpoint}/missing`, { headers, agent: false }), 'response');
  const common = { service: 's3', resource: Bucket };
  expect((await emulator.requests(next)).requests).toMatchObject([
    { ...common, account: account.id, operation: 'CreateBucket', mutation: true },
    { ...common, operation: 'PutObject', mutation: true, parameters: { Key: 'a/b' }, status: 200 },
    { ...common, operation: 'GetObject', mutation: false, error: 'AccessDenied' },
  ]);
});

it('is read on from the number it gave, and does not tell its own reading', async () => {
  const account = new Account(emulator.endpoint);
  const { next } = await emulator.requests();
  expect(await emulator.requests(next)).toEqual({ next, requests: [] });
  await refusal(account.get());
  const later = await emulator.requests(next);
  expect(later).toMatchObject({
    next: next + 1,
    requests: [{ seq: next + 1, operation: 'GetFunction' }],
  });
});
