import { GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { completed, requestOf, settingsOf } from '../../src/activities/lambdaSettings.js';
import { UNREADABLE } from '../../src/domain/functionSettings.js';
import { activityBench } from '../support/activityBench.js';
import { ExistingFunction, latest } from '../support/existingFunction.js';
import { NOT_SET } from '../support/notSet.js';

const run = activityBench();
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-4000-8000-000000000001';

describe('settings as they are read', () => {
  it('are those of AWS by default where it tells none', () => {
    const Configuration = { FunctionName: 'orders' };
    expect(settingsOf({ Configuration })).toMatchObject(NOT_SET);
  });

  it('do not take a key that is kept from the role for none', () => {
    const Error = { ErrorCode: 'AccessDeniedException', Message: 'kms:Decrypt' };
    const hidden = settingsOf({ Configuration: {}, Code: { Error } });
    expect(hidden.sourceKmsKeyArn).toBe(UNREADABLE);
  });
});

describe('settings as they are written', () => {
  it('have the defaults of AWS for the parts that a plan leaves out', () => {
    const arn = 'arn:aws:s3files:us-east-1:111111111111:file-system/fs-0/access-point/fsap-0';
    const settings = {
      loggingConfig: { logFormat: 'JSON' },
      vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
      fileSystemConfigs: [{ arn, localMountPath: '/mnt/a' }],
    };
    expect(completed(settings, 'orders')).toEqual({
      loggingConfig: {
        logFormat: 'JSON',
        applicationLogLevel: 'INFO',
        systemLogLevel: 'INFO',
        logGroup: '/aws/lambda/orders',
      },
      vpcConfig: { ...settings.vpcConfig, ipv6AllowedForDualStack: false },
      fileSystemConfigs: [
        { arn, localMountPath: '/mnt/a', s3FilesConfig: { directS3Read: 'AUTO' } },
      ],
    });
  });

  it('leave out a key of the code that is to be the one of AWS', () => {
    expect(requestOf({ sourceKmsKeyArn: '' }, 'orders')).toEqual({ SourceKMSKeyArn: undefined });
  });
});

describe('a function that gets another key', () => {
  it('has its environment sent again, which AWS would leave under the old one', async () => {
    const existing = await ExistingFunction.make();
    const { revisionId } = existing.latest;
    const { result } = await run('updateSettings', {
      ...existing.access,
      revisionId,
      settings: { kmsKeyArn: KEY },
    });
    expect(result).toBe('done');
    const { place, name } = existing;
    const sent = (await place.requests()).findLast(
      ({ operation }) => operation === 'UpdateFunctionConfiguration',
    );
    const { Environment, KMSKeyArn } = sent?.parameters as Record<string, unknown>;
    expect({ Environment, KMSKeyArn }).toEqual({
      Environment: { Variables: { SECRET: '***' } },
      KMSKeyArn: KEY,
    });
    const held = await place.holds(name);
    expect(held?.settings).toMatchObject({ environment: { SECRET: 'hunter2-before' } });
  });
});

describe('the description of a function', () => {
  it('is compared with the function, and not with what its versions say of themselves', async () => {
    const existing = await ExistingFunction.make();
    const { place, name, access, first } = existing;
    const { lambda } = place.clients;
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: 'Takes orders.' }),
    );
    await place.settled(name);
    const { state } = await run('publishVersion', {
      ...access,
      revisionId: (await latest(existing)).revisionId,
      codeSha256: first.codeSha256,
      description: 'from a test',
    });
    if (!('version' in state)) throw new Error('nothing was published');
    await run('createAlias', { ...access, alias: 'live', version: state.version.version });
    const inspect = (description: string) =>
      run('inspectFunction', {
        ...access,
        plan: place.functionPlan(name, { description }, 'live'),
        package: first,
      });
    expect((await inspect('Takes orders.')).served).toEqual({ code: false, settings: [] });
    expect((await inspect('Other.')).served).toEqual({ code: false, settings: ['description'] });
  });

  it('comes back as the workflow has noted it, with everything else from the version', async () => {
    const existing = await ExistingFunction.make();
    const { access, latest: before, name, place, version } = existing;
    const settings = { description: 'Other.', memorySize: 512 };
    const { state } = await run('updateSettings', {
      ...access,
      revisionId: before.revisionId,
      settings,
    });
    await run('restoreSettings', {
      ...access,
      revisionId: state.revisionId,
      fromVersion: version,
      names: ['description', 'memorySize'],
      before: before.settings,
    });
    const found = await place.clients.lambda.send(new GetFunctionCommand({ FunctionName: name }));
    expect(found.Configuration).toMatchObject({ Description: '', MemorySize: 128 });
  });
});
