import * as forms from '../forms.js';
import { exampleOption } from './exampleParts.js';
import type { Facts, Said, SettingsFact } from './facts.js';
import { fileSystemsOf, networksOf, partOf } from './settingsFacts.js';

const option = (setting: string): string => exampleOption('runtime: nodejs24.x', setting);

/** What it reads from the settings of each function. */
const ofEach =
  (read: (settings: SettingsFact) => (Said<string> | undefined)[]) =>
  ({ functions = [] }: Facts): (Said<string> | undefined)[] =>
    functions.flatMap(({ settings }) => read(settings));

const NETWORK = 'securityGroupIds: [sg-0a1b2c3d4e5f60718]';
const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:orders-failed';
const ACCESS_POINT =
  'arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-0a1b2c3d4e5f60718';
const KEY = 'arn:aws:kms:us-east-1:111111111111';

/** The forms that AWS demands of the parts of settings, by the patterns of its API reference. */
export const SETTING_FORMS = [
  {
    code: 'key-arn',
    form: forms.KEY_ARN,
    reason:
      'A key is named by the ARN with its id: Lambda takes no alias of a key. An empty text stands for the key of AWS.',
    wrong: option(`kmsKeyArn: "${KEY}:alias/orders"`),
    right: option(`kmsKeyArn: "${KEY}:key/1234abcd-12ab-34cd-56ef-1234567890ab"`),
    texts: ofEach(({ kmsKeyArn, sourceKmsKeyArn }) => [kmsKeyArn, sourceKmsKeyArn]),
  },
  {
    code: 'dead-letter-arn',
    form: forms.DEAD_LETTER_ARN,
    reason:
      'Lambda sends what the function has failed on to a standard queue of SQS or a standard topic of SNS, named by its ARN, and to none that is FIFO. An empty text stands for none.',
    wrong: option(`deadLetterConfig: {targetArn: "${QUEUE}.fifo"}`),
    right: option(`deadLetterConfig: {targetArn: "${QUEUE}"}`),
    texts: ofEach(({ deadLetterConfig }) => [partOf(deadLetterConfig, 'targetArn')]),
  },
  {
    code: 'subnet-id',
    form: forms.SUBNET_ID,
    reason: 'A subnet is named by its id, not by its name or its ARN.',
    wrong: option(`vpcConfig: {subnetIds: [private-a], ${NETWORK}}`),
    right: option(`vpcConfig: {subnetIds: [subnet-0a1b2c3d4e5f60718], ${NETWORK}}`),
    texts: ofEach((settings) => networksOf(settings)?.subnets ?? []),
  },
  {
    code: 'security-group-id',
    form: forms.SECURITY_GROUP_ID,
    reason: 'A security group is named by its id, not by its name or its ARN.',
    wrong: option(
      'vpcConfig: {subnetIds: [subnet-0a1b2c3d4e5f60718], securityGroupIds: [default]}',
    ),
    right: option(`vpcConfig: {subnetIds: [subnet-0a1b2c3d4e5f60718], ${NETWORK}}`),
    texts: ofEach((settings) => networksOf(settings)?.groups ?? []),
  },
  {
    code: 'access-point-arn',
    form: forms.ACCESS_POINT_ARN,
    reason:
      'Lambda reaches a file system through an access point of it, of Amazon EFS or Amazon S3 Files.',
    wrong: option(
      'fileSystemConfigs: [{arn: "arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-0a1b2c3d", localMountPath: /mnt/data}]',
    ),
    right: option(`fileSystemConfigs: [{arn: "${ACCESS_POINT}", localMountPath: /mnt/data}]`),
    texts: ofEach((settings) => fileSystemsOf(settings).map(({ arn }) => arn)),
  },
  {
    code: 'mount-path',
    form: forms.MOUNT_PATH,
    reason: 'Lambda mounts file systems in folders of /mnt, and in no others.',
    wrong: option(`fileSystemConfigs: [{arn: "${ACCESS_POINT}", localMountPath: /data}]`),
    right: option(`fileSystemConfigs: [{arn: "${ACCESS_POINT}", localMountPath: /mnt/data}]`),
    texts: ofEach((settings) => fileSystemsOf(settings).map(({ path }) => path)),
  },
  {
    code: 'log-group',
    form: forms.LOG_GROUP,
    reason: 'CloudWatch has no log groups with other characters in their names.',
    wrong: option('loggingConfig: {logFormat: JSON, logGroup: "shop orders"}'),
    right: option('loggingConfig: {logFormat: JSON, logGroup: shop/orders}'),
    texts: ofEach(({ loggingConfig }) => [partOf(loggingConfig, 'logGroup')]),
  },
];
