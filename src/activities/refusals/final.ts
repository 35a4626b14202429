import { CONFLICT, INVALID, type Meaning } from './meaning.js';

/**
 * What does not pass until somebody mends something. Source: the error lists of the Lambda API
 * reference (CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration, PublishVersion,
 * UpdateAlias) and of Amazon S3.
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
    exceptions: ['AccessDeniedException', 'AccessDenied', 'UnrecognizedClientException'],
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
    exceptions: ['NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'NotFound'],
    is: 'packageNotFound',
  },
  {
    exceptions: [INVALID],
    says: /S3 Error Code: (NoSuch\w+|AccessDenied)|GetObject/,
    is: 'packageNotFound',
  },
  {
    exceptions: [
      'CodeStorageExceededException',
      'RequestTooLargeException',
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
    exceptions: [INVALID, 'ValidationException', 'InvalidRequestContentException'],
    is: 'settingsRejected',
  },
];
