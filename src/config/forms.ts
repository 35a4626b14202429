import { IMAGE_URI } from '../domain/images.js';
import { PLACE_OF_REPLACED_CODE, REPLACED_CODE_RULE } from '../domain/replacedCode.js';

/** A kind of text that is accepted in one form only. */
export interface Form {
  /** With its article. */
  noun: string;
  /** Without flags, so that a JSON Schema can have it too. */
  pattern: RegExp;
  /** The form in words: a sentence. */
  remedy: string;
  /**
   * Who demands it.
   *
   * @default 'AWS'
   */
  judge?: string;
}

/** What AWS accepts, by its API reference; anything else it refuses when it is too late. */
export const FUNCTION_NAME: Form = {
  noun: 'a function name',
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  remedy: 'Use 1 to 64 letters, digits, hyphens and underscores, without ARN or version.',
};

export const ALIAS_NAME: Form = {
  noun: 'an alias name',
  pattern: /^(?![0-9]+$)[A-Za-z0-9_-]{1,128}$/,
  remedy: 'Use 1 to 128 letters, digits, hyphens and underscores, not digits alone.',
};

export const ROLE_ARN: Form = {
  noun: 'the ARN of a role',
  pattern: /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[A-Za-z0-9_+=,.@/-]{1,576}$/,
  remedy: 'Write it like arn:aws:iam::111111111111:role/NameOfTheRole.',
};

export const REGION: Form = {
  noun: 'a region',
  pattern: /^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}$/,
  remedy: 'Write it like us-east-1.',
};

export const BUCKET_NAME: Form = {
  noun: 'the name of a bucket',
  pattern: /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9_.-]{1,61}[A-Za-z0-9]$/,
  remedy: 'Use 3 to 63 letters, digits, hyphens and dots.',
};

/** A bucket and a key in it that is not the name of a folder. */
export const PACKAGE_PATH: Form = {
  noun: 'an S3 path',
  pattern: /^s3:\/\/[^/]+\/(.*[^/])$/,
  remedy: 'Write it like s3://bucket/key.zip.',
};

/** An image in a private registry of Amazon ECR, by its tag or its digest. */
export const IMAGE_PATH: Form = {
  noun: 'a container image in Amazon ECR',
  pattern: IMAGE_URI,
  remedy: 'Write it like 111111111111.dkr.ecr.us-east-1.amazonaws.com/repository:tag.',
};

export const REPLACED_CODE: Form = {
  noun: 'a place for replaced code',
  pattern: PLACE_OF_REPLACED_CODE,
  remedy: REPLACED_CODE_RULE,
  judge: 'Sluice',
};

export const HANDLER: Form = {
  noun: 'a handler',
  pattern: /^\S{1,128}$/,
  remedy: 'Use 1 to 128 characters without white space, such as index.handler.',
};

export const VARIABLE_NAME: Form = {
  noun: 'the name of an environment variable',
  pattern: /^[A-Za-z][A-Za-z0-9_]+$/,
  remedy: 'Begin with a letter, and go on with at least one letter, digit or underscore.',
};

export const LAYER_ARN: Form = {
  noun: "the ARN of a layer's version",
  pattern: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]{1,140}:[0-9]+$/,
  remedy: 'Write it like arn:aws:lambda:us-east-1:111111111111:layer:name:1.',
};

/** A key by its id: Lambda takes no alias of a key. Empty is the key of AWS. */
export const KEY_ARN: Form = {
  noun: 'the ARN of a key',
  pattern: /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]{1,64})?$/,
  remedy:
    'Write it like arn:aws:kms:us-east-1:111111111111:key/1234abcd-…, with the id of the key.',
};

/** Lambda takes no FIFO queues and topics. Empty is none. */
export const DEAD_LETTER_ARN: Form = {
  noun: 'the ARN of a dead-letter queue',
  pattern: /^(?:arn:aws[a-z-]*:(?:sqs|sns):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})?$/,
  remedy:
    'Write it like arn:aws:sqs:us-east-1:111111111111:name, or with sns, of a queue or topic that is not FIFO.',
};

export const SUBNET_ID: Form = {
  noun: 'the id of a subnet',
  pattern: /^subnet-[0-9a-z]{1,100}$/,
  remedy: 'Write it like subnet-0a1b2c3d4e5f60718.',
};

export const SECURITY_GROUP_ID: Form = {
  noun: 'the id of a security group',
  pattern: /^sg-[0-9a-zA-Z]{1,100}$/,
  remedy: 'Write it like sg-0a1b2c3d4e5f60718.',
};

/** Of Amazon EFS or of Amazon S3 Files. */
export const ACCESS_POINT_ARN: Form = {
  noun: 'the ARN of an access point',
  pattern:
    /^arn:aws[a-z-]*:(?:elasticfilesystem:[a-z0-9-]+:[0-9]{12}:access-point\/fsap-[a-f0-9]{17}|s3files:[a-z0-9-]+:[0-9]{12}:file-system\/fs-[0-9a-f]{17,40}\/access-point\/fsap-[0-9a-f]{17,40})$/,
  remedy:
    'Write it like arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-0a1b2c3d4e5f60718.',
};

export const MOUNT_PATH: Form = {
  noun: 'the path of a file system',
  pattern: /^\/mnt\/[A-Za-z0-9_.-]{1,155}$/,
  remedy: 'Write /mnt/ and a name of letters, digits, hyphens, underscores and dots.',
};

export const LOG_GROUP: Form = {
  noun: 'the name of a log group',
  pattern: /^[A-Za-z0-9_./#-]{1,512}$/,
  remedy: 'Use letters, digits and the characters . - _ / #.',
};

/** By AWS's API reference, PutRuntimeManagementConfig. */
export const RUNTIME_VERSION_ARN: Form = {
  noun: 'the ARN of a version of a runtime',
  pattern: /^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+::runtime:[A-Za-z0-9]{1,128}$/,
  remedy:
    "Write it like arn:aws:lambda:us-east-1::runtime:0123abc…, as the line INIT_START of the function's log tells it.",
};

/** By RFC 9110. */
export const HEADER_NAME: Form = {
  noun: 'the name of a header',
  pattern: /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/,
  remedy: 'Use letters, digits and hyphens, such as Content-Type.',
  judge: 'HTTP',
};

/** An address without white space; any part of it may be a variable. */
export const WEBHOOK_URI: Form = {
  noun: 'the address of a webhook',
  pattern:
    /^(?:[hH][tT][tT][pP][sS]?:\/\/(?=[^/?#\s])|(?=\{\{))(?:[^\s{]|\{(?!\{)|\{\{[^{}]*\}\})*$/,
  remedy:
    'Begin with https:// and a host, or with a variable that holds both, and leave no blanks.',
  judge: 'Sluice',
};
