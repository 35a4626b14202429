import {
  GetAliasCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/until.js';
import { Account } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

it('takes 15 requests a second of the control plane together', async () => {
  const account = new Account(emulator.endpoint);
  const list = new ListFunctionsCommand({});
  const versions = new ListVersionsByFunctionCommand({ FunctionName: 'missing' });
  let even = false;
  const either = () => {
    even = !even;
    return even ? account.lambda.send(list) : account.lambda.send(versions);
  };
  const began = performance.now();
  const taken = await countTaken(either, 80);
  const seconds = (performance.now() - began) / 1000;
  expect(taken).toBeGreaterThanOrEqual(15);
  expect(taken).toBeLessThan(80);
  expect(taken).toBeLessThanOrEqual(15 + 15 * seconds);
});

it('says why, and takes requests again when time has passed', async () => {
  const account = new Account(emulator.endpoint);
  const list = () => account.lambda.send(new ListFunctionsCommand({}));
  const outcomes = await Promise.allSettled(Array.from({ length: 80 }, list));
  const limited = outcomes.find((one) => one.status === 'rejected');
  expect(limited?.reason).toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate exceeded',
    Reason: 'CallerRateLimitExceeded',
    Type: 'User',
    $metadata: { httpStatusCode: 429 },
  });
  await eventually(async () => expect(await outcome(list)).toBe('taken'));
});

it('limits GetFunction and GetPolicy on their own', async () => {
  const account = new Account(emulator.endpoint);
  const get = () => account.lambda.send(new GetFunctionCommand({ FunctionName: 'missing' }));
  expect(await countTaken(get, 100)).toBe(100);
  const policy = () => account.lambda.send(new GetPolicyCommand({ FunctionName: 'missing' }));
  expect(await countTaken(policy, 15)).toBe(15);
  const alias = () => account.lambda.send(new GetAliasCommand({ FunctionName: 'a', Name: 'b' }));
  expect(await countTaken(alias, 15)).toBe(15);
});

it('counts each account and region on its own', async () => {
  const [one, other] = [new Account(emulator.endpoint), new Account(emulator.endpoint)];
  const list = new ListFunctionsCommand({});
  const elsewhere = new LambdaClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: one.id, secretAccessKey: 'unused' },
  });
  await countTaken(() => one.lambda.send(list), 20);
  expect(await countTaken(() => other.lambda.send(list), 15)).toBe(15);
  expect(await countTaken(() => elsewhere.send(list), 15)).toBe(15);
});

it('does not limit invocations', async () => {
  const account = new Account(emulator.endpoint);
  await account.createReady();
  const dryRun = new InvokeCommand({
    FunctionName: account.function,
    InvocationType: 'DryRun',
  });
  expect(await countTaken(() => account.lambda.send(dryRun), 40)).toBe(40);
});

async function countTaken(request: () => Promise<unknown>, count: number): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: count }, () => outcome(request)));
  return outcomes.filter((one) => one === 'taken').length;
}

/** A request that is answered, even by a refusal of another kind, was taken. */
async function outcome(request: () => Promise<unknown>): Promise<'taken' | 'limited'> {
  return request().then(
    () => 'taken',
    (error: Error) => (error.name === 'TooManyRequestsException' ? 'limited' : 'taken'),
  );
}
