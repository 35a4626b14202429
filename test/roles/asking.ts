import type { AskedRole } from '../../src/roles/asked.js';

/** What a command is asked for at least, without a file. */
export const LEAST: AskedRole = {
  worker: 'arn:aws:iam::111111111111:role/SluiceWorker',
  externalId: '8c1f2a70',
  function: ['orders'],
  allFunctions: false,
  bucket: ['acme-packages'],
  repository: [],
  replacedCode: [],
  executionRole: [],
  layer: [],
  key: [],
  functionWide: false,
  givenKey: [],
  vpc: false,
  fileSystems: false,
  keepVersions: false,
  cloudWatch: false,
  plan: false,
};

/** One of everything that can be asked for. */
export const MOST: AskedRole = {
  ...LEAST,
  worker: 'arn:aws-cn:iam::111111111111:user/deploying/worker',
  externalId: '0123',
  roleName: 'ShopDeploy',
  function: ['orders', 'shop-*'],
  bucket: ['acme-packages', 'acme-*-artifacts'],
  repository: ['333333333333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/*'],
  replacedCode: ['s3://acme-packages/replaced/'],
  executionRole: [
    'arn:aws-cn:iam::222222222222:role/orders',
    'arn:aws-cn:iam::222222222222:role/shop/*',
  ],
  layer: [
    'arn:aws-cn:lambda:cn-north-1:333333333333:layer:tools:7',
    'arn:aws-cn:lambda:cn-north-1:333333333333:layer:tools:8',
  ],
  key: ['arn:aws-cn:kms:cn-north-1:222222222222:key/4f1a0c5e-0000-4000-8000-000000000000'],
  givenKey: ['arn:aws-cn:kms:cn-north-1:222222222222:key/4f1a0c5e-0000-4000-8000-000000000001'],
  vpc: true,
  fileSystems: true,
  functionWide: true,
  keepVersions: true,
  cloudWatch: true,
  plan: true,
};
