import { expect, it } from '@jest/globals';
import { changeLines } from '../../src/cli/view/preflightChanges.js';
import type { FunctionPreflight, SettingChange } from '../../src/domain/preflight.js';

function lines(settings: SettingChange[]): string[] {
  const one: FunctionPreflight = {
    ...{ name: 'orders', change: 'change', servedVersion: '1', writes: [] },
    ...{ problems: [], warnings: [], alias: { name: 'live', created: false, weights: [] } },
    settings,
  };
  return changeLines(one);
}

it('shows settings with parts by the parts that are set, and none where nothing is', () => {
  const nowhere = { subnetIds: [], securityGroupIds: [], ipv6AllowedForDualStack: false };
  const network = { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] };
  const files = { arn: 'arn:aws:s3files:…', localMountPath: '/mnt/a' };
  expect(
    lines([
      { name: 'memorySize', before: 128, after: 256 },
      { name: 'description', before: '', after: 'Takes orders.' },
      { name: 'ephemeralStorage', before: { size: 512 }, after: { size: 1024 } },
      { name: 'vpcConfig', before: nowhere, after: { ...nowhere, ...network } },
      {
        name: 'fileSystemConfigs',
        before: [],
        after: [{ ...files, s3FilesConfig: { directS3Read: 'AUTO' } }],
      },
      {
        name: 'deadLetterConfig',
        before: { targetArn: 'arn:aws:sqs:…' },
        after: { targetArn: '' },
      },
      {
        name: 'loggingConfig',
        before: { logFormat: 'Text', logGroup: '/aws/lambda/orders' },
        after: { logFormat: 'JSON', applicationLogLevel: 'WARN', logGroup: '/aws/lambda/orders' },
      },
      { name: 'kmsKeyArn', before: '', after: 'arn:aws:kms:…' },
    ]),
  ).toEqual([
    'memorySize        128 → 256',
    'description       none → Takes orders.',
    'ephemeralStorage  512 → 1024',
    'vpcConfig         none → subnetIds subnet-1, subnet-2; securityGroupIds sg-1',
    'fileSystemConfigs none → arn arn:aws:s3files:…; localMountPath /mnt/a; s3FilesConfig AUTO',
    'deadLetterConfig  arn:aws:sqs:… → none',
    'loggingConfig     logFormat Text; logGroup /aws/lambda/orders → logFormat JSON; applicationLogLevel WARN; logGroup /aws/lambda/orders',
    'kmsKeyArn         none → arn:aws:kms:…',
  ]);
});

it('keeps the column of short names as wide as ever', () => {
  expect(lines([{ name: 'layers', before: ['a:1'], after: [] }])).toEqual([
    'layers        a:1 → none',
  ]);
});
