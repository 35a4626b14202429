import {
  GetFunctionCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

type Changes = Partial<UpdateFunctionConfigurationCommandInput>;

class Changed {
  private constructor(private readonly account: Account) {}

  static async make(): Promise<Changed> {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    return new Changed(account);
  }

  send(changes: Changes) {
    const FunctionName = this.account.function;
    return this.account.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, ...changes }),
    );
  }

  async to(changes: Changes): Promise<FunctionConfiguration | undefined> {
    await this.send(changes);
    await this.account.ready();
    return this.found();
  }

  async found(): Promise<FunctionConfiguration | undefined> {
    const FunctionName = this.account.function;
    return (await this.account.lambda.send(new GetFunctionCommand({ FunctionName }))).Configuration;
  }
}

const NETWORK = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
const FILES = [
  {
    Arn: 'arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-0a1b2c3d4e5f60718',
    LocalMountPath: '/mnt/data',
  },
];

describe('settings that have parts', () => {
  it('have the defaults of AWS in a function to which nobody has given any', async () => {
    const changed = await Changed.make();
    const { FunctionName = '' } = (await changed.found()) ?? {};
    expect(await changed.found()).toMatchObject({
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
    });
  });

  it('have the defaults of AWS for the parts that a request leaves out', async () => {
    const changed = await Changed.make();
    const { FunctionName = '' } = (await changed.found()) ?? {};
    expect(
      await changed.to({ LoggingConfig: { LogFormat: 'JSON' }, VpcConfig: NETWORK }),
    ).toMatchObject({
      LoggingConfig: {
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'INFO',
        LogGroup: `/aws/lambda/${FunctionName}`,
      },
      VpcConfig: { ...NETWORK, Ipv6AllowedForDualStack: false },
    });
  });

  it('have no dead-letter queue any more where its ARN is empty', async () => {
    const changed = await Changed.make();
    const TargetArn = (await changed.found())?.FunctionArn?.replace(
      /:lambda:(.*):function:.*$/,
      ':sqs:$1:failed',
    );
    expect(await changed.to({ DeadLetterConfig: { TargetArn } })).toMatchObject({
      DeadLetterConfig: { TargetArn },
    });
    const after = await changed.to({ DeadLetterConfig: { TargetArn: '' } });
    expect(after?.DeadLetterConfig).toBeUndefined();
  });

  it.each<[code: string, changes: Changes]>([
    ['ValidationException', { TracingConfig: { Mode: 'active' as 'Active' } }],
    ['ValidationException', { LoggingConfig: { LogFormat: 'json' as 'JSON' } }],
    ['ValidationException', { EphemeralStorage: { Size: 511 } }],
    ['ValidationException', { Description: 'd'.repeat(257) }],
    [
      'InvalidParameterValueException',
      { LoggingConfig: { LogFormat: 'Text', SystemLogLevel: 'WARN' } },
    ],
    ['InvalidParameterValueException', { VpcConfig: { ...NETWORK, SecurityGroupIds: [] } }],
    ['InvalidParameterValueException', { FileSystemConfigs: FILES }],
    [
      'InvalidParameterValueException',
      {
        Runtime: 'java21',
        FileSystemConfigs: FILES,
        VpcConfig: NETWORK,
        SnapStart: { ApplyOn: 'PublishedVersions' },
      },
    ],
  ])('are refused with %s: %j', async (code, changes) => {
    const changed = await Changed.make();
    expect(await refusal(changed.send(changes))).toMatchObject({ code, status: 400 });
  });

  it('keep a function with a file system in its VPC', async () => {
    const changed = await Changed.make();
    await changed.to({ FileSystemConfigs: FILES, VpcConfig: NETWORK });
    const nowhere = { SubnetIds: [], SecurityGroupIds: [] };
    expect(await refusal(changed.send({ VpcConfig: nowhere }))).toMatchObject({
      code: 'InvalidParameterValueException',
    });
    const without = await changed.to({ VpcConfig: nowhere, FileSystemConfigs: [] });
    expect(without).toMatchObject({ FileSystemConfigs: [], VpcConfig: nowhere });
  });
});
