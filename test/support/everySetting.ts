import { expect } from '@jest/globals';
import type { PlannedName } from '../../src/domain/functionSettings.js';
import type { ImageConfig } from '../../src/domain/settingParts.js';
import type { FunctionSettings } from '../../src/domain/plan.js';

/** A value as plans have it, and what the Lambda API then tells of the function. */
interface Sample<Value> {
  value: Value;
  /** Members of GetFunction's Configuration, or of its Code. */
  held: Record<string, unknown>;
}

/** One setting with two values that differ, and the one that means "not set". */
interface Samples<Value> {
  first: Sample<Value>;
  second: Sample<Value>;
  unset: Sample<Value>;
}

export type EverySetting = { [Name in PlannedName]: Samples<Required<FunctionSettings>[Name]> };

/** Of which place, and of which function, the values are. */
interface Of {
  account: string;
  name: string;
  /** ARNs of two execution roles. */
  roles: readonly [first: string, second: string];
  /** ARNs of two layer versions. */
  layers: readonly [first: string, second: string];
}

const sample = <Value>(value: Value, held: Record<string, unknown>): Sample<Value> => ({
  value,
  held,
});

/** Samples of a setting whose value AWS gives as it takes it. */
function plain<Value>(member: string, values: Record<keyof Samples<Value>, Value>): Samples<Value> {
  const of = (value: Value): Sample<Value> => sample(value, { [member]: value });
  return { first: of(values.first), second: of(values.second), unset: of(values.unset) };
}

/** Values of every setting that plans can name: one that lacks them does not compile. */
export function everySetting({ account, name, roles, layers }: Of): EverySetting {
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:us-east-1:${account}:${resource}`;
  const accessPoint = (last: number): string =>
    arn('elasticfilesystem', `access-point/fsap-0a1b2c3d4e5f6071${last}`);
  const s3Files = arn(
    's3files',
    `file-system/fs-${'a'.repeat(17)}/access-point/fsap-${'b'.repeat(17)}`,
  );
  const layered = (list: readonly string[]) =>
    sample([...list], { Layers: list.map((Arn) => expect.objectContaining({ Arn })) });
  const key = (last: number): string =>
    arn('kms', `key/00000000-0000-4000-8000-00000000000${last}`);
  const queue = (targetArn: string) =>
    sample({ targetArn }, { DeadLetterConfig: { TargetArn: targetArn } });
  return {
    role: plain('Role', { first: roles[0], second: roles[1], unset: roles[0] }),
    handler: plain('Handler', {
      first: 'index.first',
      second: 'index.second',
      unset: 'index.handler',
    }),
    runtime: plain('Runtime', {
      first: 'nodejs24.x',
      second: 'nodejs22.x',
      unset: 'nodejs24.x',
    }),
    description: plain('Description', { first: 'Takes orders.', second: 'Takes them.', unset: '' }),
    memorySize: plain('MemorySize', { first: 512, second: 1024, unset: 128 }),
    timeout: plain('Timeout', { first: 30, second: 60, unset: 3 }),
    ephemeralStorage: {
      first: sample({ size: 1024 }, { EphemeralStorage: { Size: 1024 } }),
      second: sample({ size: 2048 }, { EphemeralStorage: { Size: 2048 } }),
      unset: sample({ size: 512 }, { EphemeralStorage: { Size: 512 } }),
    },
    environment: {
      first: sample({ TABLE: 'a' }, { Environment: { Variables: { TABLE: 'a' } } }),
      second: sample(
        { TABLE: 'b', LEVEL: '' },
        { Environment: { Variables: { TABLE: 'b', LEVEL: '' } } },
      ),
      unset: sample({}, { Environment: { Variables: {} } }),
    },
    layers: {
      first: layered([layers[0]]),
      second: layered([layers[1], layers[0]]),
      unset: layered([]),
    },
    architectures: {
      first: sample(['arm64'], { Architectures: ['arm64'] }),
      second: sample(['x86_64'], { Architectures: ['x86_64'] }),
      unset: sample(['x86_64'], { Architectures: ['x86_64'] }),
    },
    vpcConfig: {
      first: sample(
        { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
        vpc(['subnet-1', 'subnet-2'], ['sg-1'], false),
      ),
      second: sample(
        {
          subnetIds: ['subnet-3'],
          securityGroupIds: ['sg-1', 'sg-2'],
          ipv6AllowedForDualStack: true,
        },
        vpc(['subnet-3'], ['sg-1', 'sg-2'], true),
      ),
      unset: sample({ subnetIds: [], securityGroupIds: [] }, vpc([], [], false)),
    },
    fileSystemConfigs: {
      first: sample([{ arn: accessPoint(8), localMountPath: '/mnt/a' }], {
        FileSystemConfigs: [{ Arn: accessPoint(8), LocalMountPath: '/mnt/a' }],
      }),
      second: sample(
        [
          {
            arn: s3Files,
            localMountPath: '/mnt/b',
            s3FilesConfig: { directS3Read: 'ENABLED' },
          },
        ],
        {
          FileSystemConfigs: [
            {
              Arn: s3Files,
              LocalMountPath: '/mnt/b',
              S3FilesConfig: { DirectS3Read: 'ENABLED' },
            },
          ],
        },
      ),
      unset: sample([], { FileSystemConfigs: [] }),
    },
    deadLetterConfig: {
      first: queue(arn('sqs', 'failed')),
      second: queue(arn('sns', 'failed')),
      unset: sample({ targetArn: '' }, { DeadLetterConfig: undefined }),
    },
    tracingConfig: {
      first: sample({ mode: 'Active' }, { TracingConfig: { Mode: 'Active' } }),
      second: sample({ mode: 'PassThrough' }, { TracingConfig: { Mode: 'PassThrough' } }),
      unset: sample({ mode: 'PassThrough' }, { TracingConfig: { Mode: 'PassThrough' } }),
    },
    loggingConfig: {
      first: sample(
        { logFormat: 'JSON', applicationLogLevel: 'WARN', logGroup: '/shop/orders' },
        logging('JSON', '/shop/orders', ['WARN', 'INFO']),
      ),
      second: sample(
        { logFormat: 'JSON', systemLogLevel: 'DEBUG' },
        logging('JSON', `/aws/lambda/${name}`, ['INFO', 'DEBUG']),
      ),
      unset: sample({ logFormat: 'Text' }, logging('Text', `/aws/lambda/${name}`)),
    },
    snapStart: {
      first: sample({ applyOn: 'PublishedVersions' }, snapStart('PublishedVersions')),
      second: sample({ applyOn: 'None' }, snapStart('None')),
      unset: sample({ applyOn: 'None' }, snapStart('None')),
    },
    imageConfig: {
      first: image(
        { command: ['orders.first'], workingDirectory: '/srv' },
        {
          Command: ['orders.first'],
          WorkingDirectory: '/srv',
        },
      ),
      second: image({ entryPoint: ['/run'] }, { EntryPoint: ['/run'] }),
      unset: sample({}, { ImageConfigResponse: undefined }),
    },
    kmsKeyArn: plain('KMSKeyArn', { first: key(1), second: key(2), unset: '' }),
    sourceKmsKeyArn: {
      first: sample(key(3), { SourceKMSKeyArn: key(3) }),
      second: sample(key(4), { SourceKMSKeyArn: key(4) }),
      unset: sample('', { SourceKMSKeyArn: undefined }),
    },
  };
}

function image(value: ImageConfig, ImageConfig: object): Sample<ImageConfig> {
  return sample(value, { ImageConfigResponse: { ImageConfig } });
}

function vpc(subnets: string[], groups: string[], ipv6: boolean): Record<string, unknown> {
  return {
    VpcConfig: expect.objectContaining({
      SubnetIds: subnets,
      SecurityGroupIds: groups,
      Ipv6AllowedForDualStack: ipv6,
    }),
  };
}

function logging(
  LogFormat: string,
  LogGroup: string,
  [app, system]: string[] = [],
): Record<string, unknown> {
  const levels = app && system && { ApplicationLogLevel: app, SystemLogLevel: system };
  return { LoggingConfig: { LogFormat, LogGroup, ...levels } };
}

function snapStart(ApplyOn: string): Record<string, unknown> {
  return { SnapStart: expect.objectContaining({ ApplyOn }) };
}
