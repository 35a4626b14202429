import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { accountOf } from '../domain/arns.js';
import { defined } from '../domain/defined.js';
import type { Failure, FailureCode } from '../domain/failures.js';
import { withoutSecrets } from '../domain/redaction.js';
import { isOptIn } from '../domain/regions.js';
import { makeRoom } from '../domain/roomForCode.js';
import { activityFailure, readAwsError, type AwsError } from './awsFailure.js';

/** What was being done when AWS answered with an error. */
export interface Operation {
  /** As a phrase that follows "could not": `update the code of orders`. */
  doing: string;
  target?: string;
  function?: string;
  deployRoleArn: string;
  region: string;
  /** Values that AWS may repeat in its message and nobody may read. */
  secrets?: readonly string[];
}

interface TranslationRule {
  code: FailureCode;
  when: (error: AwsError) => boolean;
  retryable: boolean;
  remedy?: (operation: Operation) => string;
}

const named =
  (...names: string[]) =>
  (error: AwsError) =>
    names.includes(error.name);

const saying = (name: string, pattern: RegExp) => (error: AwsError) =>
  error.name === name && pattern.test(error.message);

const INVALID = 'InvalidParameterValueException';

/**
 * Every error that AWS is known to answer with, once. The first rule that matches decides. Lambda
 * reports many different causes under one name, so some rules have to read the message.
 *
 * Source: the error lists of the Lambda API reference (CreateFunction, UpdateFunctionCode,
 * UpdateFunctionConfiguration, PublishVersion, UpdateAlias).
 */
const RULES: readonly TranslationRule[] = [
  {
    code: 'throttled',
    when: named('TooManyRequestsException', 'ThrottlingException', 'Throttling', 'SlowDown'),
    retryable: true,
  },
  {
    code: 'throttled',
    when: saying(INVALID, /^(?=.*EC2).*(throttl|RequestLimitExceeded)/is),
    retryable: true,
  },
  {
    code: 'awsUnavailable',
    when: named('ExpiredTokenException', 'ExpiredToken', 'RequestTimeout'),
    retryable: true,
  },
  {
    code: 'accessDenied',
    // Of the credentials of a role that STS has given just before.
    when: named(
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'InvalidToken',
    ),
    retryable: false,
    remedy: regionNotEnabled,
  },
  {
    code: 'accessDenied',
    when: named('AccessDeniedException', 'AccessDenied'),
    retryable: false,
    remedy: ({ deployRoleArn }) => `Give ${deployRoleArn} the permission that AWS names.`,
  },
  {
    code: 'packageInOtherRegion',
    when: (error) =>
      named(
        'PermanentRedirect',
        'AuthorizationHeaderMalformed',
        'IllegalLocationConstraint',
      )(error) || saying(INVALID, /PermanentRedirect|bucket is in this region/i)(error),
    retryable: false,
    remedy: ({ region }) =>
      `Lambda reads packages only from buckets in its own region: put the package in a bucket in ${region}.`,
  },
  {
    code: 'packageNotFound',
    when: (error) =>
      named('NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'NotFound')(error) ||
      saying(INVALID, /S3 Error Code: (NoSuch\w+|AccessDenied)|GetObject/)(error),
    retryable: false,
    remedy: ({ deployRoleArn }) =>
      `Check the bucket and the key, and that ${deployRoleArn} may read them (s3:GetObject).`,
  },
  {
    code: 'codeStorageFull',
    when: named('CodeStorageExceededException'),
    retryable: false,
    remedy: ({ region }) => makeRoom(region),
  },
  {
    code: 'packageRejected',
    // A zip file for a container image, or the other way round: deployments look for it before.
    when: saying(INVALID, /packageType (Image|Zip)/),
    retryable: false,
    remedy: () => 'Deploy what the function is made of, or a function of another name.',
  },
  {
    code: 'packageRejected',
    when: (error) =>
      named(
        'RequestTooLargeException',
        'RequestEntityTooLargeException',
        'CodeVerificationFailedException',
        'InvalidCodeSignatureException',
        'InvalidZipFileException',
      )(error) || saying(INVALID, /unzip|zip file|non-empty zip|Unzipped size/i)(error),
    retryable: false,
    remedy: () => 'Build the package again as a zip file that Lambda can read, and deploy that.',
  },
  {
    code: 'settingsRejected',
    // A role made moments ago is not known to Lambda everywhere yet.
    when: saying(INVALID, /cannot be assumed by Lambda/),
    retryable: true,
    remedy: () =>
      'Check that the execution role exists and that its trust policy names lambda.amazonaws.com.',
  },
  {
    code: 'settingsRejected',
    when: named(INVALID, 'ValidationException', 'InvalidRequestContentException'),
    retryable: false,
    remedy: () => 'Mend the setting that AWS names in the deployment file.',
  },
  {
    code: 'awsRefused',
    // What already exists may be this attempt's own: the next one looks whose it is.
    when: saying('ResourceConflictException', /in progress|state: Pending|already exist/i),
    retryable: true,
  },
  {
    code: 'awsUnavailable',
    when: ({ status }) => status === undefined || status === 200 || status >= 500,
    retryable: true,
  },
];

function regionNotEnabled({ deployRoleArn, region }: Operation): string {
  const account = accountOf(deployRoleArn);
  return isOptIn(region)
    ? `Enable the region ${region} in account ${account}: an account has it only after that.`
    : `Check that account ${account} may use ${region}: AWS does not know the credentials of ${deployRoleArn} there.`;
}

const REFUSED: TranslationRule = { code: 'awsRefused', when: () => true, retryable: false };

/**
 * How often something is tried that AWS may accept moments later, but probably never will: with the
 * growing delays of the activities about a minute and a half.
 */
const PATIENCE_ATTEMPTS = 10;

/**
 * Turns an AWS error into the project's own, once, at the edge. What Temporal itself threw, and
 * what is already translated, passes unchanged.
 *
 * @param attempt - the activity's attempt, from 1
 */
export function translateAwsError(error: unknown, operation: Operation, attempt: number): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const aws = readAwsError(error);
  const rule = RULES.find(({ when }) => when(aws)) ?? REFUSED;
  const impatient = rule.code === 'settingsRejected' && attempt >= PATIENCE_ATTEMPTS;
  return activityFailure(describe(rule, aws, operation), {
    retryable: rule.retryable && !impatient,
  });
}

function describe(rule: TranslationRule, aws: AwsError, operation: Operation): Failure {
  const remedy = rule.remedy?.(operation);
  return {
    code: rule.code,
    message: `Could not ${operation.doing} in ${operation.region}: ${said(aws, operation)} (${aws.name}).`,
    ...defined({
      remedy,
      target: operation.target,
      function: operation.function,
      awsRequestId: aws.requestId,
    }),
  };
}

function said(aws: AwsError, { secrets = [] }: Operation): string {
  return withoutSecrets(aws.message.trim().replace(/\.$/, ''), secrets);
}
