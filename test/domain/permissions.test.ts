import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../src/domain/permissions.js';
import { deployRoleCommands } from './deployRoleCalls.js';

const PACKAGE = ['s3:GetObject', 's3:GetObjectVersion', 'kms:Decrypt'];

/** What AWS asks ECR with the rights of the request, of an image that may be another account's. */
const IMAGE = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** What AWS asks EC2, EFS and KMS with the rights of the request. */
const GIVEN = [
  ...['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
  ...['elasticfilesystem:DescribeMountTargets', 'kms:CreateGrant', 'kms:Encrypt'],
];

/**
 * What AWS asks for when it gets a command, with what the activities put into it. Written from the
 * service authorization reference, and not from the list that is tested.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  CreateAliasCommand: ['lambda:CreateAlias'],
  // With tags, a role, layers, a package in S3, and every setting.
  CreateFunctionCommand: [
    'lambda:CreateFunction',
    'lambda:TagResource',
    'iam:PassRole',
    'lambda:GetLayerVersion',
    'kms:GenerateDataKey',
    ...PACKAGE,
    ...IMAGE,
    ...GIVEN,
  ],
  DeleteAliasCommand: ['lambda:DeleteAlias'],
  DeleteFunctionCommand: ['lambda:DeleteFunction'],
  DeleteFunctionConcurrencyCommand: ['lambda:DeleteFunctionConcurrency'],
  DeleteProvisionedConcurrencyConfigCommand: ['lambda:DeleteProvisionedConcurrencyConfig'],
  DescribeImagesCommand: ['ecr:DescribeImages'],
  GetAccountSettingsCommand: ['lambda:GetAccountSettings'],
  GetAliasCommand: ['lambda:GetAlias'],
  GetFunctionCommand: ['lambda:GetFunction', 'lambda:ListTags', 'kms:Decrypt'],
  GetFunctionConcurrencyCommand: ['lambda:GetFunctionConcurrency'],
  GetFunctionRecursionConfigCommand: ['lambda:GetFunctionRecursionConfig'],
  GetLayerVersionByArnCommand: ['lambda:GetLayerVersion'],
  GetMetricDataCommand: ['cloudwatch:GetMetricData'],
  // Without ListBucket, what is missing looks as if it were forbidden.
  GetObjectCommand: [...PACKAGE, 's3:ListBucket'],
  GetPolicyCommand: ['lambda:GetPolicy'],
  GetProvisionedConcurrencyConfigCommand: ['lambda:GetProvisionedConcurrencyConfig'],
  GetRoleCommand: ['iam:GetRole'],
  GetRuntimeManagementConfigCommand: ['lambda:GetRuntimeManagementConfig'],
  ListAliasesCommand: ['lambda:ListAliases'],
  ListEventSourceMappingsCommand: ['lambda:ListEventSourceMappings'],
  ListFunctionUrlConfigsCommand: ['lambda:ListFunctionUrlConfigs'],
  ListProvisionedConcurrencyConfigsCommand: ['lambda:ListProvisionedConcurrencyConfigs'],
  ListVersionsByFunctionCommand: ['lambda:ListVersionsByFunction'],
  PublishVersionCommand: ['lambda:PublishVersion'],
  PutFunctionConcurrencyCommand: ['lambda:PutFunctionConcurrency'],
  PutFunctionRecursionConfigCommand: ['lambda:PutFunctionRecursionConfig'],
  // Into a bucket with a key; Lambda reads it afterwards.
  PutObjectCommand: ['s3:PutObject', 's3:GetObject', 'kms:GenerateDataKey'],
  PutProvisionedConcurrencyConfigCommand: ['lambda:PutProvisionedConcurrencyConfig'],
  PutRuntimeManagementConfigCommand: ['lambda:PutRuntimeManagementConfig'],
  SimulatePrincipalPolicyCommand: ['iam:SimulatePrincipalPolicy'],
  TagResourceCommand: ['lambda:TagResource'],
  UntagResourceCommand: ['lambda:UntagResource'],
  UpdateAliasCommand: ['lambda:UpdateAlias'],
  UpdateFunctionCodeCommand: [
    'lambda:UpdateFunctionCode',
    'kms:GenerateDataKey',
    ...PACKAGE,
    ...IMAGE,
  ],
  UpdateFunctionConfigurationCommand: [
    'lambda:UpdateFunctionConfiguration',
    'iam:PassRole',
    'lambda:GetLayerVersion',
    ...GIVEN,
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
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'lambda:GetAccountSettings',
      'lambda:ListEventSourceMappings',
    ]);
  });
});
