import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../src/domain/permissions.js';
import { deployRoleCommands } from './deployRoleCalls.js';

const PACKAGE = ['s3:GetObject', 's3:GetObjectVersion', 'kms:Decrypt'];

/**
 * What AWS asks for when it gets a command, with what the activities put into it. Written from the
 * service authorization reference, and not from the list that is tested.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  CreateAliasCommand: ['lambda:CreateAlias'],
  // With tags, a role, layers, and a package in S3.
  CreateFunctionCommand: [
    'lambda:CreateFunction',
    'lambda:TagResource',
    'iam:PassRole',
    'lambda:GetLayerVersion',
    ...PACKAGE,
  ],
  DeleteAliasCommand: ['lambda:DeleteAlias'],
  DeleteFunctionCommand: ['lambda:DeleteFunction'],
  GetAccountSettingsCommand: ['lambda:GetAccountSettings'],
  GetAliasCommand: ['lambda:GetAlias'],
  GetFunctionCommand: ['lambda:GetFunction', 'lambda:ListTags', 'kms:Decrypt'],
  GetFunctionConcurrencyCommand: ['lambda:GetFunctionConcurrency'],
  GetLayerVersionByArnCommand: ['lambda:GetLayerVersion'],
  GetMetricDataCommand: ['cloudwatch:GetMetricData'],
  // Without ListBucket, what is missing looks as if it were forbidden.
  GetObjectCommand: [...PACKAGE, 's3:ListBucket'],
  GetPolicyCommand: ['lambda:GetPolicy'],
  GetRoleCommand: ['iam:GetRole'],
  ListAliasesCommand: ['lambda:ListAliases'],
  ListEventSourceMappingsCommand: ['lambda:ListEventSourceMappings'],
  ListFunctionUrlConfigsCommand: ['lambda:ListFunctionUrlConfigs'],
  ListProvisionedConcurrencyConfigsCommand: ['lambda:ListProvisionedConcurrencyConfigs'],
  ListVersionsByFunctionCommand: ['lambda:ListVersionsByFunction'],
  PublishVersionCommand: ['lambda:PublishVersion'],
  // Into a bucket with a key; Lambda reads it afterwards.
  PutObjectCommand: ['s3:PutObject', 's3:GetObject', 'kms:GenerateDataKey'],
  SimulatePrincipalPolicyCommand: ['iam:SimulatePrincipalPolicy'],
  UpdateAliasCommand: ['lambda:UpdateAlias'],
  UpdateFunctionCodeCommand: ['lambda:UpdateFunctionCode', ...PACKAGE],
  UpdateFunctionConfigurationCommand: [
    'lambda:UpdateFunctionConfiguration',
    'iam:PassRole',
    'lambda:GetLayerVersion',
  ],
};

describe('the permissions of a deploy role', () => {
  const commands = deployRoleCommands();

  it('are found in the activities, by commands that are known here, each of which is sent', () => {
    expect(commands).toEqual(Object.keys(NEEDED));
  });

  it('are what AWS asks for when the activities send their commands, and nothing else', () => {
    const needed = new Set(commands.flatMap((name) => NEEDED[name] ?? []));
    const granted = new Set(PERMISSIONS.map(({ action }) => action));
    expect([...granted].sort()).toEqual([...needed].sort());
  });

  it('are on everything only where AWS knows nothing narrower', () => {
    const onAny = PERMISSIONS.filter(({ on }) => on === 'any').map(({ action }) => action);
    expect(onAny.sort()).toEqual([
      'cloudwatch:GetMetricData',
      'lambda:GetAccountSettings',
      'lambda:ListEventSourceMappings',
    ]);
  });
});
