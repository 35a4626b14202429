import * as ecr from '@aws-sdk/client-ecr';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';

/** One request, or a structure in it, with every member that AWS's model gives it. */
export interface RequestMembers {
  /** From the model of the SDK: its fifth part are the names of the members. */
  model: readonly unknown[];
  /** What activities send, each at least sometimes. */
  sent: readonly string[];
  /** What they never send, by what AWS does then. */
  leftOut: Readonly<Record<string, readonly string[]>>;
}

const OF_WHOLE_FUNCTION =
  'a call of its own changes it for the whole function, and no version keeps it';
const ONLY_AT_CREATION = 'AWS takes it as a function is created, and never changes it afterwards';
const NOT_TAKEN_BACK =
  'no request takes it away from a function again, so a rollback could not go back';
const WHERE_CODE_IS = 'it says where the code is, and no function runs otherwise for it';

const SEPARATE = 'nothing is published: PublishVersion does that, with a description';
const CAPACITY =
  'nothing goes to functions on managed instances: their traffic moves in another way, and `$LATEST.PUBLISHED` is theirs';
const ONE_PAGE = 'the first page is enough to see whether there is any';
const OF_LATEST = 'it is that of `$LATEST`';
const ALL = 'nothing is filtered out';

/**
 * Every operation that activities call with a deploy role, and whether each of its members is sent.
 * What is left out has the reason and what AWS does then, by
 * https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html and its sister pages.
 */
export const REQUESTS: Readonly<Record<string, RequestMembers>> = {
  AssumeRoleCommand: {
    model: sts.AssumeRoleRequest$,
    sent: ['RoleArn', 'RoleSessionName', 'ExternalId'],
    leftOut: {
      'the session has all that the role has': [
        'PolicyArns',
        'Policy',
        'Tags',
        'TransitiveTagKeys',
      ],
      'the session lasts an hour, and is renewed': ['DurationSeconds'],
      'no person assumes it': ['SerialNumber', 'TokenCode', 'SourceIdentity', 'ProvidedContexts'],
      'the token is as long as it is': ['MinimumSessionTokenSize'],
    },
  },
  CreateAliasCommand: {
    model: lambda.CreateAliasRequest$,
    sent: ['FunctionName', 'Name', 'FunctionVersion', 'Description'],
    leftOut: { 'the alias serves its one version': ['RoutingConfig'] },
  },
  CreateFunctionCommand: {
    model: lambda.CreateFunctionRequest$,
    sent: [
      ...['FunctionName', 'Role', 'Code', 'Runtime', 'Handler', 'Timeout', 'MemorySize'],
      ...['Environment', 'Tags', 'Layers', 'Architectures', 'Description', 'VpcConfig'],
      ...['DeadLetterConfig', 'KMSKeyArn', 'TracingConfig', 'FileSystemConfigs'],
      ...['EphemeralStorage', 'SnapStart', 'LoggingConfig', 'PackageType', 'ImageConfig'],
    ],
    leftOut: {
      [OF_WHOLE_FUNCTION]: ['CodeSigningConfigArn'],
      [ONLY_AT_CREATION]: ['TenancyConfig'],
      [NOT_TAKEN_BACK]: ['DurableConfig'],
      [SEPARATE]: ['Publish'],
      [CAPACITY]: ['PublishTo', 'CapacityProviderConfig'],
    },
  },
  'CreateFunctionCommand.Code': {
    model: lambda.FunctionCode$,
    sent: ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'SourceKMSKeyArn', 'ImageUri'],
    leftOut: {
      [WHERE_CODE_IS]: ['S3ObjectStorageMode'],
      'the package is in S3': ['ZipFile'],
    },
  },
  ...settingParts('CreateFunctionCommand'),
  DeleteAliasCommand: {
    model: lambda.DeleteAliasRequest$,
    sent: ['FunctionName', 'Name'],
    leftOut: {},
  },
  DeleteFunctionCommand: {
    model: lambda.DeleteFunctionRequest$,
    sent: ['FunctionName'],
    leftOut: { 'the whole function is deleted, as it was created': ['Qualifier'] },
  },
  DeleteFunctionConcurrencyCommand: {
    model: lambda.DeleteFunctionConcurrencyRequest$,
    sent: ['FunctionName'],
    leftOut: {},
  },
  DeleteProvisionedConcurrencyConfigCommand: {
    model: lambda.DeleteProvisionedConcurrencyConfigRequest$,
    sent: ['FunctionName', 'Qualifier'],
    leftOut: {},
  },
  DescribeImagesCommand: {
    model: ecr.DescribeImagesRequest$,
    sent: ['registryId', 'repositoryName', 'imageIds'],
    leftOut: {
      [ALL]: ['filter'],
      'one image is asked for': ['nextToken', 'maxResults'],
    },
  },
  'DescribeImagesCommand.imageIds': {
    model: ecr.ImageIdentifier$,
    sent: ['imageTag', 'imageDigest'],
    leftOut: {},
  },
  GetAccountSettingsCommand: {
    model: lambda.GetAccountSettingsRequest$,
    sent: [],
    leftOut: {},
  },
  GetAliasCommand: {
    model: lambda.GetAliasRequest$,
    sent: ['FunctionName', 'Name'],
    leftOut: {},
  },
  GetFunctionCommand: {
    model: lambda.GetFunctionRequest$,
    sent: ['FunctionName', 'Qualifier'],
    leftOut: {},
  },
  GetFunctionConcurrencyCommand: {
    model: lambda.GetFunctionConcurrencyRequest$,
    sent: ['FunctionName'],
    leftOut: {},
  },
  GetFunctionRecursionConfigCommand: {
    model: lambda.GetFunctionRecursionConfigRequest$,
    sent: ['FunctionName'],
    leftOut: {},
  },
  GetLayerVersionByArnCommand: {
    model: lambda.GetLayerVersionByArnRequest$,
    sent: ['Arn'],
    leftOut: {},
  },
  GetObjectCommand: {
    model: s3.GetObjectRequest$,
    sent: ['Bucket', 'Key', 'VersionId', 'Range', 'ChecksumMode'],
    leftOut: {
      'the object is read whatever it was before': [
        ...['IfMatch', 'IfModifiedSince', 'IfNoneMatch', 'IfUnmodifiedSince'],
      ],
      'the headers of the answer are not looked at': [
        ...['ResponseCacheControl', 'ResponseContentDisposition', 'ResponseContentEncoding'],
        ...['ResponseContentLanguage', 'ResponseContentType', 'ResponseExpires'],
      ],
      'Lambda takes no key for a package either': [
        ...['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'],
      ],
      'Lambda reads the same object without them': ['RequestPayer', 'ExpectedBucketOwner'],
      'the whole object is read': ['PartNumber'],
    },
  },
  GetPolicyCommand: {
    model: lambda.GetPolicyRequest$,
    sent: ['FunctionName', 'Qualifier'],
    leftOut: {},
  },
  GetProvisionedConcurrencyConfigCommand: {
    model: lambda.GetProvisionedConcurrencyConfigRequest$,
    sent: ['FunctionName', 'Qualifier'],
    leftOut: {},
  },
  GetRoleCommand: { model: iam.GetRoleRequest$, sent: ['RoleName'], leftOut: {} },
  GetRuntimeManagementConfigCommand: {
    model: lambda.GetRuntimeManagementConfigRequest$,
    sent: ['FunctionName'],
    leftOut: { [OF_LATEST]: ['Qualifier'] },
  },
  ListAliasesCommand: {
    model: lambda.ListAliasesRequest$,
    sent: ['FunctionName'],
    leftOut: { [ALL]: ['FunctionVersion'], [ONE_PAGE]: ['Marker', 'MaxItems'] },
  },
  ListEventSourceMappingsCommand: {
    model: lambda.ListEventSourceMappingsRequest$,
    sent: ['FunctionName'],
    leftOut: {
      [ALL]: ['EventSourceArn'],
      'AWS gives a hundred at once, and further pages are asked for': ['Marker', 'MaxItems'],
    },
  },
  ListFunctionUrlConfigsCommand: {
    model: lambda.ListFunctionUrlConfigsRequest$,
    sent: ['FunctionName'],
    leftOut: { [ONE_PAGE]: ['Marker', 'MaxItems'] },
  },
  ListProvisionedConcurrencyConfigsCommand: {
    model: lambda.ListProvisionedConcurrencyConfigsRequest$,
    sent: ['FunctionName'],
    leftOut: {
      'AWS gives fifty at once, and further pages are asked for': ['Marker', 'MaxItems'],
    },
  },
  ListVersionsByFunctionCommand: {
    model: lambda.ListVersionsByFunctionRequest$,
    sent: ['FunctionName'],
    leftOut: {
      'AWS gives fifty at once, and further pages are asked for where all count': [
        ...['Marker', 'MaxItems'],
      ],
    },
  },
  PublishVersionCommand: {
    model: lambda.PublishVersionRequest$,
    sent: ['FunctionName', 'CodeSha256', 'Description', 'RevisionId'],
    leftOut: { [CAPACITY]: ['PublishTo'] },
  },
  PutFunctionConcurrencyCommand: {
    model: lambda.PutFunctionConcurrencyRequest$,
    sent: ['FunctionName', 'ReservedConcurrentExecutions'],
    leftOut: {},
  },
  PutFunctionRecursionConfigCommand: {
    model: lambda.PutFunctionRecursionConfigRequest$,
    sent: ['FunctionName', 'RecursiveLoop'],
    leftOut: {},
  },
  PutObjectCommand: {
    model: s3.PutObjectRequest$,
    sent: ['Bucket', 'Key', 'Body', 'ContentLength', 'ChecksumSHA256', 'IfNoneMatch'],
    leftOut: {
      'one checksum of the content is enough': [
        ...['ContentMD5', 'ChecksumAlgorithm', 'ChecksumCRC32', 'ChecksumCRC32C'],
        ...['ChecksumCRC64NVME', 'ChecksumSHA1', 'ChecksumSHA512', 'ChecksumMD5'],
        ...['ChecksumXXHASH64', 'ChecksumXXHASH3', 'ChecksumXXHASH128'],
      ],
      'Lambda does not look at the headers of a package': [
        ...['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'],
        ...['ContentType', 'Expires', 'Metadata', 'WebsiteRedirectLocation'],
      ],
      'nothing is there that could match or grow': ['IfMatch', 'WriteOffsetBytes'],
      'who may read it, how it is encrypted and how long it stays, the bucket says': [
        ...['ACL', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP'],
        ...['ServerSideEncryption', 'SSECustomerAlgorithm', 'SSECustomerKey'],
        ...['SSECustomerKeyMD5', 'SSEKMSKeyId', 'SSEKMSEncryptionContext', 'BucketKeyEnabled'],
        ...['StorageClass', 'Tagging', 'ObjectLockMode', 'ObjectLockRetainUntilDate'],
        ...['ObjectLockLegalHoldStatus', 'ObjectLockEventHold'],
        ...['ObjectLockEventHoldDurationDays', 'ObjectLockEventHoldDurationYears'],
      ],
      'the bucket is the one that the file names, whoever pays for it': [
        ...['RequestPayer', 'ExpectedBucketOwner'],
      ],
    },
  },
  PutProvisionedConcurrencyConfigCommand: {
    model: lambda.PutProvisionedConcurrencyConfigRequest$,
    sent: ['FunctionName', 'Qualifier', 'ProvisionedConcurrentExecutions'],
    leftOut: {},
  },
  PutRuntimeManagementConfigCommand: {
    model: lambda.PutRuntimeManagementConfigRequest$,
    sent: ['FunctionName', 'UpdateRuntimeOn', 'RuntimeVersionArn'],
    leftOut: { [OF_LATEST]: ['Qualifier'] },
  },
  SimulatePrincipalPolicyCommand: {
    model: iam.SimulatePrincipalPolicyRequest$,
    sent: ['PolicySourceArn', 'ActionNames', 'ResourceArns', 'ContextEntries'],
    leftOut: {
      'the policies that the role really has are asked about': [
        ...['PolicyInputList', 'PermissionsBoundaryPolicyInputList', 'PolicyExclusionList'],
        ...['ResourcePolicy', 'ResourceOwner', 'CallerArn', 'ResourceHandlingOption'],
      ],
      'fewer actions are asked about than a page has answers': ['MaxItems', 'Marker'],
    },
  },
  TagResourceCommand: {
    model: lambda.TagResourceRequest$,
    sent: ['Resource', 'Tags'],
    leftOut: {},
  },
  UntagResourceCommand: {
    model: lambda.UntagResourceRequest$,
    sent: ['Resource', 'TagKeys'],
    leftOut: {},
  },
  UpdateAliasCommand: {
    model: lambda.UpdateAliasRequest$,
    sent: ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig', 'RevisionId'],
    leftOut: {},
  },
  'UpdateAliasCommand.RoutingConfig': {
    model: lambda.AliasRoutingConfiguration$,
    sent: ['AdditionalVersionWeights'],
    leftOut: {},
  },
  UpdateFunctionCodeCommand: {
    model: lambda.UpdateFunctionCodeRequest$,
    sent: [
      ...[
        'FunctionName',
        'ZipFile',
        'S3Bucket',
        'S3Key',
        'S3ObjectVersion',
        'DryRun',
        'RevisionId',
        'ImageUri',
      ],
      // Without them AWS goes back to its defaults.
      ...['Architectures', 'SourceKMSKeyArn', 'S3ObjectStorageMode'],
    ],
    leftOut: {
      [SEPARATE]: ['Publish'],
      [CAPACITY]: ['PublishTo'],
    },
  },
  UpdateFunctionConfigurationCommand: {
    model: lambda.UpdateFunctionConfigurationRequest$,
    sent: [
      ...['FunctionName', 'Role', 'Handler', 'Timeout', 'MemorySize', 'Environment', 'Runtime'],
      ...['Layers', 'RevisionId', 'Description', 'VpcConfig', 'DeadLetterConfig', 'KMSKeyArn'],
      ...['TracingConfig', 'FileSystemConfigs', 'EphemeralStorage', 'SnapStart', 'LoggingConfig'],
      'ImageConfig',
    ],
    leftOut: {
      [NOT_TAKEN_BACK]: ['DurableConfig'],
      [CAPACITY]: ['CapacityProviderConfig'],
    },
  },
  ...settingParts('UpdateFunctionConfigurationCommand'),
};

/** The structures in which both requests have settings with parts: every member of them is sent. */
function settingParts(command: string): Record<string, RequestMembers> {
  const whole: Record<string, readonly [model: readonly unknown[], sent: readonly string[]]> = {
    Environment: [lambda.Environment$, ['Variables']],
    VpcConfig: [lambda.VpcConfig$, ['SubnetIds', 'SecurityGroupIds', 'Ipv6AllowedForDualStack']],
    DeadLetterConfig: [lambda.DeadLetterConfig$, ['TargetArn']],
    TracingConfig: [lambda.TracingConfig$, ['Mode']],
    EphemeralStorage: [lambda.EphemeralStorage$, ['Size']],
    SnapStart: [lambda.SnapStart$, ['ApplyOn']],
    LoggingConfig: [
      lambda.LoggingConfig$,
      ['LogFormat', 'ApplicationLogLevel', 'SystemLogLevel', 'LogGroup'],
    ],
    FileSystemConfigs: [lambda.FileSystemConfig$, ['Arn', 'LocalMountPath', 'S3FilesConfig']],
    ImageConfig: [lambda.ImageConfig$, ['EntryPoint', 'Command', 'WorkingDirectory']],
    'FileSystemConfigs.S3FilesConfig': [lambda.S3FilesConfig$, ['DirectS3Read']],
  };
  return Object.fromEntries(
    Object.entries(whole).map(([name, [model, sent]]) => [
      `${command}.${name}`,
      { model, sent, leftOut: {} },
    ]),
  );
}
