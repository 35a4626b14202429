/*
 * The settings that have parts, by the names that AWS gives them. Each has a form that means "not
 * set". They are types, and no interfaces, so that they are known to be flat.
 */

/** The networks that a function is connected to; two empty lists: none. */
export type VpcConfig = {
  subnetIds: string[];
  securityGroupIds: string[];
  /**
   * Whether it may reach IPv6 addresses through subnets that have both kinds.
   *
   * @default false
   */
  ipv6AllowedForDualStack?: boolean;
};

/** Where events go that the function has failed on. */
export type DeadLetterConfig = {
  /** ARN of an SQS queue or an SNS topic; empty: nowhere. */
  targetArn: string;
};

/** `PassThrough` traces only what is traced already. */
export type TracingConfig = { mode: string };

/** The room in `/tmp`, in megabytes: 512 to 10240. */
export type EphemeralStorage = { size: number };

/** How a function logs, and where to. */
export type LoggingConfig = {
  logFormat: string;
  /**
   * With the format JSON only.
   *
   * @default 'INFO'
   */
  applicationLogLevel?: string;
  /**
   * With the format JSON only.
   *
   * @default 'INFO'
   */
  systemLogLevel?: string;
  /**
   * The name of a log group.
   *
   * @default `/aws/lambda/` and the function's name
   */
  logGroup?: string;
};

/** Of which versions a snapshot is made that they start from. */
export type SnapStart = { applyOn: string };

/** By https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
export const MAX_IMAGE_ARGUMENTS = 1500;
export const MAX_WORKING_DIRECTORY = 1000;

/**
 * What goes before the same settings of a container image; without parts: nothing does.
 */
export type ImageConfig = {
  /** The program and its first arguments, up to 1,500 texts; empty: that of the image. */
  entryPoint?: string[];
  /** The arguments, up to 1,500 texts; empty: those of the image. */
  command?: string[];
  /** Where it is run, up to 1,000 characters; empty: where the image says. */
  workingDirectory?: string;
};

/** A file system that a function has as a folder. */
export type FileSystemConfig = {
  /** ARN of an access point of Amazon EFS or Amazon S3 Files. */
  arn: string;
  /** `/mnt/` and the name of the folder. */
  localMountPath: string;
  /** For S3 Files only. */
  s3FilesConfig?: {
    /** Whether the bucket is read without the file system in between: AUTO, ENABLED or DISABLED. */
    directS3Read: string;
  };
};

/** Where a setting is one of a few words: those that AWS has for it, in exactly these letters. */
export const SETTING_WORDS = {
  tracingMode: ['Active', 'PassThrough'],
  logFormat: ['JSON', 'Text'],
  applicationLogLevel: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'],
  systemLogLevel: ['DEBUG', 'INFO', 'WARN'],
  snapStart: ['PublishedVersions', 'None'],
  directS3Read: ['AUTO', 'ENABLED', 'DISABLED'],
} as const satisfies Record<string, readonly string[]>;

/** The log level of a function with the format JSON that names none. */
const DEFAULT_LOG_LEVEL = 'INFO';

/** Where a function logs that names no log group. */
function defaultLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** With AWS's default for what is left out. */
export function completeVpc({ ipv6AllowedForDualStack = false, ...lists }: VpcConfig): VpcConfig {
  return { ...lists, ipv6AllowedForDualStack };
}

/** With AWS's defaults for what is left out, and without what is only for another format. */
export function completeLogging(config: LoggingConfig, functionName: string): LoggingConfig {
  const { logFormat, logGroup = defaultLogGroup(functionName) } = config;
  if (logFormat !== 'JSON') return { logFormat, logGroup };
  const { applicationLogLevel = DEFAULT_LOG_LEVEL, systemLogLevel = DEFAULT_LOG_LEVEL } = config;
  return { logFormat, applicationLogLevel, systemLogLevel, logGroup };
}

/** With AWS's default for what is left out, and without what is only for another kind. */
export function completeFileSystem({
  arn,
  localMountPath,
  s3FilesConfig = { directS3Read: 'AUTO' },
}: FileSystemConfig): FileSystemConfig {
  return { arn, localMountPath, ...(isS3Files(arn) && { s3FilesConfig }) };
}

/** Without the parts that say nothing, which AWS tells in one answer and leaves out of another. */
export function completeImageConfig({
  entryPoint = [],
  command = [],
  workingDirectory = '',
}: ImageConfig): ImageConfig {
  return {
    ...(entryPoint.length > 0 && { entryPoint }),
    ...(command.length > 0 && { command }),
    ...(workingDirectory !== '' && { workingDirectory }),
  };
}

/** Whether an access point is one of Amazon S3 Files. */
export function isS3Files(arn: string): boolean {
  return arn.split(':')[2] === 's3files';
}
