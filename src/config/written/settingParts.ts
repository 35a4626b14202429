import { z } from 'zod';
import {
  MAX_IMAGE_ARGUMENTS,
  MAX_WORKING_DIRECTORY,
  SETTING_WORDS,
} from '../../domain/settingParts.js';
import {
  ACCESS_POINT_ARN,
  DEAD_LETTER_ARN,
  KEY_ARN,
  LOG_GROUP,
  MOUNT_PATH,
  SECURITY_GROUP_ID,
  SUBNET_ID,
} from '../forms.js';
import { freeText, TEMPLATE, templated, told, type Words } from './words.js';

/** One of AWS's words. The rules refuse others, with more to say than a list has. */
function word(words: readonly string[], help: string): z.ZodString {
  return told(z.string(), `one of ${words.join(', ')}`, {
    help,
    editor: { anyOf: [{ enum: words }, { pattern: TEMPLATE }] },
  });
}

const keyArn = (words: Words): z.ZodString =>
  templated(KEY_ARN, 'the ARN of a key, or "" for the key of AWS', {
    ...words,
    examples: ['arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  });

const vpcConfig = told(
  z.strictObject({
    subnetIds: told(
      z.array(templated(SUBNET_ID, 'the id of a subnet')),
      'a list of ids of subnets',
      {
        help: 'The subnets, all of them; [] together with no security groups: no VPC.',
        examples: [['subnet-0a1b2c3d4e5f60718']],
        editor: { maxItems: 16 },
      },
    ),
    securityGroupIds: told(
      z.array(templated(SECURITY_GROUP_ID, 'the id of a security group')),
      'a list of ids of security groups',
      {
        help: 'The security groups, all of them; [] together with no subnets: no VPC.',
        examples: [['sg-0a1b2c3d4e5f60718']],
        editor: { maxItems: 5 },
      },
    ),
    ipv6AllowedForDualStack: told(z.boolean(), 'true or false', {
      help: 'Whether IPv6 addresses outside may be reached through subnets that have both kinds. Without it: false.',
    }).exactOptional(),
  }),
  'a mapping with subnetIds and securityGroupIds',
  { help: 'The VPC that the function is connected to.' },
);

const fileSystemConfig = told(
  z.strictObject({
    arn: templated(ACCESS_POINT_ARN, 'the ARN of an access point', {
      help: 'The access point of Amazon EFS or Amazon S3 Files.',
      examples: [
        'arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-0a1b2c3d4e5f60718',
      ],
    }),
    localMountPath: templated(MOUNT_PATH, 'a path such as /mnt/data', {
      help: 'The folder in which the function finds the file system.',
      examples: ['/mnt/data'],
    }),
    s3FilesConfig: told(
      z.strictObject({
        directS3Read: word(
          SETTING_WORDS.directS3Read,
          'Whether the bucket is read without the file system in between. AUTO: with 512 MB of memory or more.',
        ),
      }),
      'a mapping with directS3Read',
      { help: 'For access points of Amazon S3 Files only. Without it: AUTO.' },
    ).exactOptional(),
  }),
  'a mapping with arn and localMountPath',
);

const loggingConfig = told(
  z.strictObject({
    logFormat: word(SETTING_WORDS.logFormat, 'The format of the logs.'),
    applicationLogLevel: word(
      SETTING_WORDS.applicationLogLevel,
      'Which logs of the code are kept, with the format JSON. Without it: INFO.',
    ).exactOptional(),
    systemLogLevel: word(
      SETTING_WORDS.systemLogLevel,
      'Which logs of Lambda are kept, with the format JSON. Without it: INFO.',
    ).exactOptional(),
    logGroup: templated(LOG_GROUP, 'the name of a log group', {
      help: 'Where the logs go. Without it: /aws/lambda/ and the name of the function.',
      examples: ['/shop/orders'],
    }).exactOptional(),
  }),
  'a mapping with logFormat',
  { help: 'How the function logs, and where to. What it leaves out has the default of AWS.' },
);

const argumentsOf = (help: string, example: readonly string[]) =>
  told(z.array(freeText('text')), 'a list of texts; [] for what the image has', {
    help,
    examples: [example],
    editor: { maxItems: MAX_IMAGE_ARGUMENTS },
  }).exactOptional();

const imageConfig = told(
  z.strictObject({
    entryPoint: argumentsOf(
      'The program that is run, before its arguments. Without it: that of the image.',
      ['/lambda-entrypoint.sh'],
    ),
    command: argumentsOf('The arguments of the program. Without it: those of the image.', [
      'index.handler',
    ]),
    workingDirectory: freeText('the path of a folder in the image', {
      help: 'Where the program is run. Without it: where the image says.',
      examples: ['/var/task'],
      editor: { maxLength: MAX_WORKING_DIRECTORY },
    }).exactOptional(),
  }),
  'a mapping with entryPoint, command or workingDirectory; {} for what the image has',
  { help: 'For container images only: what goes before the settings of the image itself.' },
);

/** What a file and a plan write in the same way of everything beside code, memory and time. */
export const settingsWithParts = {
  description: freeText('text of up to 256 characters', {
    help: 'What the function is for. Versions have descriptions of their own, which Sluice writes.',
    editor: { maxLength: 256 },
  }).exactOptional(),
  ephemeralStorage: told(
    z.strictObject({
      size: told(z.int(), 'a whole number of megabytes from 512 to 10240', {
        help: 'Megabytes.',
        examples: [1024],
        editor: { minimum: 512, maximum: 10240 },
      }),
    }),
    'a mapping with size',
    { help: 'The room in /tmp. {size: 512} is the default of AWS.' },
  ).exactOptional(),
  vpcConfig: vpcConfig.exactOptional(),
  fileSystemConfigs: told(z.array(fileSystemConfig), 'a list of one file system, or []', {
    help: 'The file system that the function has as a folder; [] for none.',
    editor: { maxItems: 1 },
  }).exactOptional(),
  deadLetterConfig: told(
    z.strictObject({
      targetArn: templated(DEAD_LETTER_ARN, 'the ARN of a queue or a topic, or "" for none', {
        help: 'A standard queue of SQS or a standard topic of SNS, in the region of the target.',
        examples: ['arn:aws:sqs:us-east-1:111111111111:orders-failed'],
      }),
    }),
    'a mapping with targetArn',
    { help: 'Where events go that the function has failed on. {targetArn: ""}: nowhere.' },
  ).exactOptional(),
  tracingConfig: told(
    z.strictObject({
      mode: word(
        SETTING_WORDS.tracingMode,
        'PassThrough, the default of AWS, traces what is traced already.',
      ),
    }),
    'a mapping with mode',
    { help: 'Whether AWS X-Ray traces invocations.' },
  ).exactOptional(),
  loggingConfig: loggingConfig.exactOptional(),
  snapStart: told(
    z.strictObject({
      applyOn: word(
        SETTING_WORDS.snapStart,
        'Of which versions a snapshot is made that they start from.',
      ),
    }),
    'a mapping with applyOn',
    { help: 'Whether versions start from a snapshot. {applyOn: None} is the default of AWS.' },
  ).exactOptional(),
  imageConfig: imageConfig.exactOptional(),
  kmsKeyArn: keyArn({
    help: 'The key of the environment, of snapshots and of container images. In the region of the target.',
  }).exactOptional(),
  sourceKmsKeyArn: keyArn({
    help: 'The key of the code that Lambda keeps. In the region of the target.',
  }).exactOptional(),
};
