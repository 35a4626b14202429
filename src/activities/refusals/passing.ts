import type { LambdaOperation } from '../operations.js';
import { CONFLICT, INVALID, type Meaning } from './meaning.js';
import { IMAGE, NETWORK, ROLE } from './remedies.js';

const MINUTE = 60_000;

/** For how long each sort of delay is waited out, in milliseconds. */
const LASTS = {
  /** As long as the activity: AWS asks for it. */
  untilItPasses: Infinity,
  /** Another change of the function: that is how long Terraform's provider gives one. */
  otherChange: 10 * MINUTE,
  /** Until a new or changed role is known everywhere: as long as Terraform's provider. */
  identity: 5 * MINUTE,
  /** KMS: "usually less than five minutes" (API_CreateGrant). */
  grant: 5 * MINUTE,
  /** Network interfaces, and EC2's rates: as long as Terraform's provider. */
  network: 10 * MINUTE,
  /** File systems that are being mounted: a new mount target takes up to a minute and a half. */
  mount: 5 * MINUTE,
  /** Until ECR knows an image or a policy: Kubernetes' controller asks again after a minute. */
  image: 2 * MINUTE,
  /** Until what Lambda has just made is known everywhere. */
  visibility: MINUTE,
} as const;

/** What AWS refuses now and takes later. */
export interface Passing extends Meaning {
  /** In milliseconds. */
  lastsMs: number;
  /** Where that is written: pages of docs.aws.amazon.com, and issues of those who met it. */
  source: string;
}

/** How long another change of a function may last, in milliseconds. */
export const CONFLICT_LASTS_MS = LASTS.otherChange;

/** How long Lambda itself may not know what it has just made, in milliseconds. */
export const VISIBLE_WITHIN_MS = LASTS.visibility;

const CODE = ['CreateFunction', 'UpdateFunctionCode'] as const;

/** Whatever makes Lambda look at a function's role, key and network. */
const CHANGES = [...CODE, 'UpdateFunctionConfiguration', 'PublishVersion'] as const;

/** Refusals that pass. What stands here is tried again for as long as that sort of delay lasts. */
export const PASSING: readonly Passing[] = [
  {
    // Whatever its words are: update in progress, Pending, concurrent update operation, concurrent
    // requests. What exists already may be this attempt's own: the next one looks whose it is.
    exceptions: [CONFLICT, 'ResourceInUseException'],
    // A version that could not be made, such as with SnapStart, stays so; and so does an alias that
    // has provisioned concurrency of its own.
    unless: /state: '?Failed|Provisioned Concurrency/i,
    is: 'awsRefused',
    lastsMs: LASTS.otherChange,
    source:
      'lambda/latest/api/API_UpdateFunctionCode; hashicorp/terraform-provider-aws#5154; adobe/helix-deploy#83',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /cannot be assumed by Lambda|ARN does not refer to a valid principal/i,
    is: 'settingsRejected',
    remedy: ROLE,
    lastsMs: LASTS.identity,
    source:
      'IAM/latest/UserGuide/troubleshoot.html (eventual consistency); hashicorp/terraform-provider-aws#3116',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /execution role does not have permissions|make sure your function execution role/i,
    is: 'settingsRejected',
    remedy: ROLE,
    lastsMs: LASTS.identity,
    source: 'hashicorp/terraform#15067; byu-oit/handel#359; serverless/serverless#1966',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /KMS key is invalid for CreateGrant/i,
    // An alias of a key never becomes valid.
    unless: /Key Aliases are not supported/i,
    is: 'settingsRejected',
    lastsMs: LASTS.grant,
    source: 'kms/latest/APIReference/API_CreateGrant; aws/chalice#1069; hashicorp/terraform#20813',
  },
  {
    exceptions: [INVALID, 'KMSAccessDeniedException'],
    operations: CHANGES,
    says: /KMS access was denied|KMS Exception: AccessDenied/i,
    is: 'accessDenied',
    lastsMs: LASTS.grant,
    source: 'kms/latest/developerguide/using-grant-token; serverless/examples#279',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /due to an internal service error/i,
    is: 'awsUnavailable',
    lastsMs: LASTS.untilItPasses,
    source: 'serverless/serverless#3672',
  },
  {
    exceptions: [INVALID],
    says: /S3 Error Code: (InternalError|SlowDown|ServiceUnavailable|RequestTimeout|OperationAborted|Busy)\b/i,
    operations: CODE,
    is: 'awsUnavailable',
    lastsMs: LASTS.untilItPasses,
    source: 'AmazonS3/latest/API/ErrorResponses',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /throttled by EC2|EC2 Error Code: RequestLimitExceeded/i,
    is: 'throttled',
    lastsMs: LASTS.network,
    source: 'hashicorp/terraform-provider-aws#3062; serverless/serverless#3339',
  },
  {
    exceptions: [INVALID, 'ENILimitReachedException', 'SubnetIPAddressLimitReachedException'],
    operations: CHANGES,
    says: /network interfaces? has been reached|no available IP addresses/i,
    is: 'awsRefused',
    remedy: NETWORK,
    lastsMs: LASTS.network,
    source: 'lambda/latest/dg/troubleshooting-networking (interfaces are given back later)',
  },
  {
    exceptions: [INVALID],
    operations: CHANGES,
    says: /wait for them to become available/i,
    is: 'settingsRejected',
    lastsMs: LASTS.mount,
    source: 'lambda/latest/dg/configuration-filesystem (mount targets that are being made)',
  },
  {
    exceptions: [INVALID, 'AccessDeniedException'],
    operations: CODE,
    says: /permission to access the ECR image|Source image \S+ does not exist/i,
    is: 'packageNotFound',
    remedy: IMAGE,
    lastsMs: LASTS.image,
    source: 'lambda/latest/dg/images-create; aws-controllers-k8s/community#1842, #1886',
  },
  {
    exceptions: ['SnapStartNotReadyException', 'ENINotReadyException', 'ResourceNotReadyException'],
    is: 'awsUnavailable',
    lastsMs: LASTS.network,
    source: 'lambda/latest/api/API_Invoke (wait and try again)',
  },
  {
    // Each attempt looks first whether somebody has deleted it.
    exceptions: ['ResourceNotFoundException'],
    operations: [
      ...['PublishVersion', 'CreateAlias', 'UpdateAlias', 'UpdateFunctionConfiguration'],
      'PutProvisionedConcurrencyConfig',
      ...['TagResource', 'UntagResource', 'PutFunctionConcurrency', 'DeleteFunctionConcurrency'],
      ...['PutRuntimeManagementConfig', 'PutFunctionRecursionConfig'],
    ] as LambdaOperation[],
    unless: /layer/i,
    is: 'awsRefused',
    lastsMs: LASTS.visibility,
    source: 'internal/service/lambda/permission.go of hashicorp/terraform-provider-aws',
  },
  {
    // The next attempt is signed anew, with credentials that are not past their time.
    exceptions: ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'RequestTimeTooSkewed'],
    is: 'awsUnavailable',
    lastsMs: LASTS.identity,
    source: 'lambda/latest/api/CommonErrors; AmazonS3/latest/API/ErrorResponses',
  },
  {
    exceptions: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    says: /Signature expired|not yet current/i,
    is: 'awsUnavailable',
    lastsMs: LASTS.identity,
    source: 'IAM/latest/UserGuide/signature-v4-troubleshooting',
  },
];

/** Why AWS may fail to carry out what it has accepted, and do so when it is asked again. */
export const PASSING_REASONS: Readonly<Record<string, number>> = {
  InternalError: LASTS.otherChange,
  EC2RequestLimitExceeded: LASTS.network,
  EniLimitExceeded: LASTS.network,
  ImageAccessDenied: LASTS.image,
  SubnetOutOfIPAddresses: LASTS.network,
};
