import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { awsOptions, WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { makeBucket, putPackage } from '../../dev/stack/buckets.js';
import { type LocalEmulator, startEmulator } from '../../dev/stack/emulator.js';
import { zipOf } from '../../dev/stack/packages.js';
import { makeExecutionRole } from '../../dev/stack/roles.js';
import { deploymentWorkflowId } from '../../src/domain/names.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import { createOrUpdate } from '../../src/roles/stack.js';
import { templateOf } from '../../src/roles/template.js';
import { deploymentFile, type FilePlace, type FileTarget } from '../support/deploymentFile.js';
import { uniqueAccount, uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { System } from '../support/system.js';

const EXTERNAL_ID = 'said-by-the-worker';
const region = 'us-east-1';
const account = uniqueAccount();
const place = {
  deployRoleArn: `arn:aws:iam::${account}:role/deploying/SluiceDeploy`,
  executionRoleArn: `arn:aws:iam::${account}:role/Execution`,
  bucket: uniqueName('packages'),
  region,
};

interface User {
  arn: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** It holds every request against the policies of whoever signed it. */
let emulator: LocalEmulator;
let system: System;
let worker: User;
beforeAll(async () => {
  emulator = await startEmulator({
    env: { AUTH: 'true', SLUICE_EMULATOR_UPDATE_MS: '50', SLUICE_EMULATOR_RATE: '1000' },
  });
  const awsEndpoint = emulator.endpoint;
  await makeExecutionRole(awsEndpoint, place.executionRoleArn);
  await makeBucket(place.bucket, { awsEndpoint, account, region }, true);
  worker = await makeUser();
  system = await System.withWorker({
    awsEndpoint,
    environment: {
      AWS_ACCESS_KEY_ID: worker.accessKeyId,
      AWS_SECRET_ACCESS_KEY: worker.secretAccessKey,
    },
    settings: stringify({
      accounts: { [account]: { externalId: EXTERNAL_ID } },
      aws: { requestsPerSecond: 1000 },
    }),
  });
});
afterAll(async () => {
  await system.stop();
  await emulator.stop();
});

function inAccount(id: string) {
  return awsOptions({ awsEndpoint: emulator.endpoint, account: id, region });
}

/** A user that may do nothing but assume the deploy role. */
async function makeUser(): Promise<User> {
  const iam = new IAMClient(inAccount(WORKER_ACCOUNT));
  const UserName = uniqueName('worker');
  const { User } = await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: place.deployRoleArn };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'Sluice', PolicyDocument }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  return { arn: User?.Arn ?? '', accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}

async function createRole(args: readonly string[], as = account) {
  const who = ['--worker', worker.arn, '--external-id', EXTERNAL_ID];
  return system.run(['aws', 'create-role', ...who, ...args, '--deploy'], {
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: as,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
  });
}

/** A canary, or one that waits for a person at its end. */
function fileOf(application: string, name: string, { waits = false, memorySize = 128 } = {}) {
  const target: FileTarget<FilePlace> = { name: 'prod', place, functionName: name, alias: 'live' };
  const steps = [{ setWeight: { weight: 100 } }, { pause: { untilApproved: true } }];
  return deploymentFile(
    application,
    [{ ...target, strategy: 'canary', options: { memorySize } }],
    waits ? { strategies: { canary: { canary: { steps } } } } : {},
  );
}

/** Starts a deployment, rejects it at its end, and tells what became of the target. */
async function rejected(name: string, memorySize?: number): Promise<TargetOutcome> {
  const application = uniqueName('shop');
  const text = fileOf(application, name, { waits: true, ...(memorySize && { memorySize }) });
  const file = await system.file('waits.yaml', text);
  await system.run(['deploy', 'start', '-f', file]);
  const handle = system.client.workflow.getHandle(deploymentWorkflowId(application));
  await untilOpen(handle, 'prod/steps/2');
  await handle.signal('reject');
  return system.targetOutcome(application, 'prod');
}

async function put(name: string, text: string): Promise<void> {
  const bytes = zipOf({ 'index.js': `exports.handler = async () => '${text}';` });
  const at = { bucket: place.bucket, key: `${name}.zip` };
  await putPackage(at, bytes, { awsEndpoint: emulator.endpoint, account, region });
}

async function held(name: string) {
  const lambda = new LambdaClient(inAccount(account));
  return lambda
    .send(new GetFunctionCommand({ FunctionName: name, Qualifier: 'live' }))
    .then(({ Configuration }) => Configuration)
    .catch((error: Error) => error.name);
}

async function assume(who: User, ExternalId?: string): Promise<string> {
  const { accessKeyId, secretAccessKey } = who;
  const options = { ...inAccount(WORKER_ACCOUNT), credentials: { accessKeyId, secretAccessKey } };
  const command = { RoleArn: place.deployRoleArn, RoleSessionName: 'test' };
  return new STSClient(options)
    .send(new AssumeRoleCommand({ ...command, ...(ExternalId !== undefined && { ExternalId }) }))
    .then(() => 'assumed')
    .catch((error: Error) => error.name);
}

describe('a role that sluice aws create-role deploys', () => {
  it('is created, updated, and left alone when it is as it shall be', async () => {
    const file = await system.file('role.yaml', fileOf('shop', 'orders'));
    const args = ['-f', file, '--stack-name', 'sluice-role'];
    const created = await createRole(args);
    const stdout = `RoleArnOutput: ${place.deployRoleArn}\n`;
    expect(created).toMatchObject({ exitCode: 0, stdout });
    expect(created.stderr).toBe(`\
Creating the stack sluice-role in us-east-1.
The role is created.
The worker's settings file must give the external id of the account:

accounts:
  '${account}':
    externalId: '${EXTERNAL_ID}'

${worker.arn} must be allowed sts:AssumeRole on
${place.deployRoleArn}.
`);
    const updated = await createRole([...args, '--function', 'orders-*']);
    expect(updated).toMatchObject({ exitCode: 0, stdout });
    expect(updated.stderr).toContain('The role is updated.');
    const again = await createRole([...args, '--function', 'orders-*']);
    expect(again).toMatchObject({ exitCode: 0, stdout });
    expect(again.stderr).toContain('The role is as it shall be already.');
  });

  it('is assumed by the worker with the external id alone', async () => {
    const other = await makeUser();
    expect(await assume(worker, EXTERNAL_ID)).toBe('assumed');
    expect(await assume(worker)).toBe('AccessDenied');
    expect(await assume(worker, 'another')).toBe('AccessDenied');
    expect(await assume(other, EXTERNAL_ID)).toBe('AccessDenied');
  });

  it('may do all that plans, deployments and rollbacks do', async () => {
    const name = 'orders-eu';
    await put(name, 'first');
    const file = await system.file('planned.yaml', fileOf(uniqueName('shop'), name));
    const planned = await system.run(['deploy', 'plan', '-f', file]);
    expect(planned.stdout + planned.stderr).not.toMatch(/not authorized|could not be checked/i);
    expect(planned.stdout).toContain(name);
    expect(await rejected(name)).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(await held(name)).toBe('ResourceNotFoundException');
    const deployed = await system.deploy(fileOf(uniqueName('shop'), name));
    expect(deployed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await held(name)).toMatchObject({ Version: '1', MemorySize: 128 });
    await put(name, 'second');
    expect(await rejected(name, 256)).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(await held(name)).toMatchObject({ Version: '1', MemorySize: 128 });
    const { requests } = await emulator.requests();
    const refused = requests.filter(({ error }) => error?.startsWith('AccessDenied'));
    expect(refused.map(({ service }) => service).filter((one) => one !== 'sts')).toEqual([]);
  });

  it('may do nothing with another function', async () => {
    await put('billing', 'first');
    const { exitCode, stdout } = await system.deploy(fileOf(uniqueName('shop'), 'billing'));
    expect(exitCode).toBe(4);
    expect(stdout).toContain('is not authorized to perform: lambda:GetFunction');
    expect(await held('billing')).toBe('ResourceNotFoundException');
  });
});

describe('sluice aws create-role --deploy', () => {
  it('tells the reasons of CloudFormation, and can then be tried again', async () => {
    const client = new CloudFormationClient(inAccount(account));
    const deploy = (template: string) =>
      createOrUpdate(client, { name: 'tried', template }, () => undefined);
    const good = templateOf({
      ...{ name: 'Tried', path: '/', worker: worker.arn, externalId: EXTERNAL_ID },
      ...{
        functions: ['orders'],
        buckets: ['packages'],
        repositories: [],
        replacedCode: [],
        executionRoles: [],
      },
      ...{ layers: [], keys: [], givenKeys: [], networks: false, fileSystems: false },
      ...{ functionWide: false, keepVersions: false, cloudWatch: false, plan: false },
    });
    const broken = good.replace('Principal:', 'NotPrincipal:');
    const refused = {
      code: 'stackFailed',
      message: expect.stringMatching(
        /^CloudFormation could not deploy the stack tried \(\w+\):\n- DeployRole \(AWS::IAM::Role\): .+\.$/,
      ),
    };
    await expect(deploy(broken)).rejects.toMatchObject(refused);
    expect(await deploy(good)).toMatchObject({ result: 'created' });
    await expect(deploy(broken)).rejects.toMatchObject(refused);
    expect(await deploy(good)).toMatchObject({
      result: expect.stringMatching(/unchanged|updated/),
    });
  });

  it("leaves other people's stacks, and other accounts than the file's, alone", async () => {
    const cloudFormation = new CloudFormationClient(inAccount(account));
    const TemplateBody = JSON.stringify({
      Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    });
    await cloudFormation.send(new CreateStackCommand({ StackName: 'theirs', TemplateBody }));
    const args = ['--function', 'orders', '--bucket', 'packages', '--stack-name', 'theirs'];
    expect(await createRole(args)).toMatchObject({
      exitCode: 2,
      stderr:
        'The stack theirs is there, and was not made by this command, and would lose what it has: use another --stack-name.\n',
    });
    const file = await system.file('role.yaml', fileOf('shop', 'orders'));
    const elsewhere = await createRole(['-f', file, '--stack-name', 'role'], uniqueAccount());
    expect(elsewhere.exitCode).toBe(2);
    expect(elsewhere.stderr).toContain(`and the role is for account ${account}`);
  });
});
