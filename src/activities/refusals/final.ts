import { CONFLICT, INVALID, type Meaning } from './meaning.js';
import {
  ALIAS_CONCURRENCY,
  CONCURRENCY,
  IMAGE,
  IMAGE_FORMAT,
  MANUAL_RUNTIME,
  PACKAGE_TYPE,
  REGION,
  REPOSITORY,
  RESERVED,
  RESERVED_TOO_LOW,
  TAGS,
  VPC,
} from './remedies.js';

/** What AWS says to credentials that it does not know. */
export const UNKNOWN_CREDENTIALS: readonly string[] = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'InvalidToken',
];

/**
 * What does not pass until somebody mends something. Source: the error lists of the Lambda API
 * reference (CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration, PublishVersion,
 * UpdateAlias, PutFunctionConcurrency, PutProvisionedConcurrencyConfig, TagResource) and of Amazon S3.
 */
export const FINAL: readonly Meaning[] = [
  {
    // Of a version that could not be made, such as with SnapStart:
    // https://github.com/hashicorp/terraform-provider-aws/issues/49904
    exceptions: [CONFLICT],
    says: /state: '?Failed/i,
    is: 'awsRefused',
  },
  {
    // It counts towards what is reserved for the function, or else towards the account's:
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    exceptions: [INVALID],
    operations: ['PutProvisionedConcurrencyConfig'],
    says: /reservedConcurrentExecution|unreserved ?concurren/i,
    is: 'settingsRejected',
    remedy: CONCURRENCY,
  },
  {
    // A version and an alias that serves it cannot both have it, nor can an alias that is split:
    // https://github.com/localstack/localstack/blob/main/localstack-core/localstack/services/lambda_/provider.py
    // and https://github.com/hashicorp/terraform/issues/24957
    exceptions: [CONFLICT, INVALID],
    operations: ['PutProvisionedConcurrencyConfig', 'UpdateAlias'],
    says: /Provisioned Concurrency/i,
    is: 'splitImpossible',
    remedy: ALIAS_CONCURRENCY,
  },
  {
    // Of the credentials of a role that STS has given just before.
    exceptions: UNKNOWN_CREDENTIALS,
    is: 'accessDenied',
    remedy: REGION,
  },
  {
    // Lambda looks at subnets and security groups with the rights of the request:
    // https://github.com/aws/aws-sdk-ruby/issues/1191, https://github.com/Miserlou/Zappa/issues/2151
    exceptions: ['AccessDeniedException', INVALID],
    says: /denied by EC2|EC2 Error Code: UnauthorizedOperation/i,
    is: 'accessDenied',
    remedy: VPC,
  },
  {
    // Another account's repository has to allow it, too:
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
    exceptions: ['AccessDeniedException'],
    says: /not authorized to perform: ecr:/i,
    is: 'accessDenied',
    remedy: REPOSITORY,
  },
  {
    exceptions: ['AccessDeniedException', 'AccessDenied'],
    is: 'accessDenied',
  },
  {
    exceptions: ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraint'],
    is: 'packageInOtherRegion',
  },
  {
    exceptions: [INVALID],
    says: /PermanentRedirect|bucket is in this region/i,
    is: 'packageInOtherRegion',
  },
  {
    // Of Amazon ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
    exceptions: ['ImageNotFoundException', 'RepositoryNotFoundException'],
    is: 'packageNotFound',
    remedy: IMAGE,
  },
  {
    // https://github.com/aws/aws-lambda-roadmap/issues/82
    exceptions: [INVALID],
    says: /media type for the source image|Source image \S+ is not valid/i,
    is: 'packageRejected',
    remedy: IMAGE_FORMAT,
  },
  {
    exceptions: ['NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'NotFound'],
    is: 'packageNotFound',
  },
  {
    exceptions: [INVALID],
    says: /S3 Error Code: (NoSuch\w+|AccessDenied)|GetObject/,
    is: 'packageNotFound',
  },
  {
    exceptions: ['CodeStorageExceededException'],
    is: 'codeStorageFull',
  },
  {
    // A zip file for a container image, or the other way round: deployments look for it before.
    exceptions: [INVALID],
    says: /packageType (Image|Zip)/,
    is: 'packageRejected',
    remedy: PACKAGE_TYPE,
  },
  {
    exceptions: [
      'RequestTooLargeException',
      'RequestEntityTooLargeException',
      'CodeVerificationFailedException',
      'InvalidCodeSignatureException',
      'InvalidZipFileException',
    ],
    is: 'packageRejected',
  },
  {
    exceptions: [INVALID],
    says: /unzip|zip file|non-empty zip|Unzipped size/i,
    is: 'packageRejected',
  },
  {
    exceptions: [INVALID],
    operations: ['PutFunctionConcurrency'],
    says: /UnreservedConcurrentExecution/i,
    is: 'settingsRejected',
    remedy: RESERVED,
  },
  {
    // Its versions have it from what is reserved:
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
    exceptions: [INVALID],
    operations: ['PutFunctionConcurrency'],
    says: /provisioned ?concurrency/i,
    is: 'settingsRejected',
    remedy: RESERVED_TOO_LOW,
  },
  {
    exceptions: [INVALID],
    operations: ['TagResource', 'CreateFunction'],
    says: /tag limit/i,
    is: 'settingsRejected',
    remedy: TAGS,
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/42699
    exceptions: [INVALID],
    operations: ['UpdateFunctionConfiguration'],
    says: /Cannot change runtime identifier/i,
    is: 'settingsRejected',
    remedy: MANUAL_RUNTIME,
  },
  {
    exceptions: [INVALID, 'ValidationException', 'InvalidRequestContentException'],
    is: 'settingsRejected',
  },
];
