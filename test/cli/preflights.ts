import type { Preflight } from '../../src/client.js';
import { countPreflight, type TargetPreflight } from '../../src/domain/preflight.js';

/** A look ahead with everything in it that can be said. */
export function preflight(changes: Partial<Preflight> = {}): Preflight {
  const targets = changes.targets ?? [staging, production];
  return {
    schemaVersion: 1,
    application: 'checkout',
    deploymentId: '01dd9a0f-3ca2-4b92-89ef-707514368788',
    counts: countPreflight(targets),
    problems: [],
    warnings: [],
    targets,
    ...changes,
  };
}

const nothing = { settings: [], writes: [], problems: [], warnings: [] };
const notChecked = { code: 'notChecked', message: 'Denied.' } as const;

export const staging: TargetPreflight = {
  target: 'staging',
  region: 'eu-west-1',
  accountId: '111111111111',
  dependsOn: [],
  problems: [],
  warnings: [{ ...notChecked, check: 'codeStorage' }],
  functions: [
    { ...nothing, name: 'cart', change: 'unchanged', servedVersion: '4' },
    {
      ...nothing,
      name: 'orders',
      change: 'create',
      code: {
        after: '6UJzQYSUox52ZP/zmpn7Bfi1F2nF91HVEPa+Dc9zTxs=',
        package: 's3://shop/orders.zip',
      },
      settings: [
        { name: 'role', after: 'arn:aws:iam::111111111111:role/Run' },
        { name: 'layers', after: [] },
      ],
      environment: { added: ['TABLE'], removed: [], changed: [] },
      alias: { name: 'live', created: true, weights: [100] },
      writes: ['CreateFunction', 'PublishVersion', 'CreateAlias'],
      warnings: [{ ...notChecked, check: 'permissions' }],
    },
  ],
};

export const production: TargetPreflight = {
  target: 'production',
  region: 'us-east-1',
  accountId: '222222222222',
  dependsOn: ['staging'],
  problems: [],
  warnings: [],
  functions: [
    {
      ...nothing,
      name: 'orders',
      change: 'change',
      servedVersion: '7',
      code: {
        before: '6UJzQYSUox52ZP/zmpn7Bfi1F2nF91HVEPa+Dc9zTxs=',
        after: 'VYG6UMk9f3OwnqRiPEUSOKD8c8cgeNVogVvgxniWiTc=',
        package: 's3://shop/orders.zip?versionId=3',
      },
      settings: [{ name: 'memorySize', before: 128, after: 256 }],
      environment: { added: ['TABLE'], removed: ['OLD'], changed: ['MODE'] },
      alias: {
        name: 'live',
        created: false,
        before: { version: '7', weights: { 8: 0.25 } },
        weights: [10, 50, 100],
      },
      writes: [
        'PublishVersion',
        'UpdateFunctionConfiguration',
        'UpdateFunctionCode',
        'UpdateAlias',
      ],
      problems: [
        {
          code: 'accessDenied',
          message: 'The deploy role lacks lambda:UpdateAlias.',
          remedy: 'Give it lambda:UpdateAlias.',
        },
      ],
      warnings: [
        { code: 'ownedByStack', message: 'orders belongs to the CloudFormation stack shop.' },
        { ...notChecked, check: 'permissions' },
      ],
    },
    { ...nothing, name: 'stock', change: 'unknown' },
  ],
};
