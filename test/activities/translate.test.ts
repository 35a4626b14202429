import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from '@jest/globals';
import { noteOperation } from '../../src/activities/operations.js';
import { translateAwsError } from '../../src/activities/translate.js';
import { FAILURE_CODES, failureSentence, type Failure } from '../../src/domain/failures.js';

const operation = {
  doing: 'update the code of orders',
  target: 'prod',
  function: 'orders',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
};

function awsError(name: string, message: string, status?: number): Error {
  const $metadata = { httpStatusCode: status, requestId: 'r-1' };
  const error = Object.assign(new Error(message), { name, $metadata });
  noteOperation(error, 'UpdateFunctionConfiguration');
  return error;
}

function translate(error: unknown, attempt = 1): ApplicationFailure {
  const translated = translateAwsError(error, operation, attempt);
  if (!(translated instanceof ApplicationFailure)) throw new Error('not translated');
  return translated;
}

const INVALID = 'InvalidParameterValueException';

describe('an error of AWS', () => {
  it.each([
    ['TooManyRequestsException', 'Rate exceeded', 429, 'throttled', true],
    ['SlowDown', 'Please reduce your request rate.', 503, 'throttled', true],
    [
      INVALID,
      'Your request has been throttled by EC2: RequestLimitExceeded',
      400,
      'throttled',
      true,
    ],
    ['AccessDeniedException', 'User is not authorized', 403, 'accessDenied', false],
    ['UnrecognizedClientException', 'The security token is invalid', 403, 'accessDenied', false],
    [
      INVALID,
      'Please provide ImageUri when updating a function with packageType Image.',
      400,
      'packageRejected',
      false,
    ],
    ['ExpiredTokenException', 'The security token is expired', 403, 'awsUnavailable', true],
    [
      'PermanentRedirect',
      'must be addressed using the endpoint',
      301,
      'packageInOtherRegion',
      false,
    ],
    [
      INVALID,
      'Error occurred while GetObject. S3 Error Code: PermanentRedirect.',
      400,
      'packageInOtherRegion',
      false,
    ],
    [
      INVALID,
      'Error occurred while GetObject. S3 Error Code: NoSuchKey.',
      400,
      'packageNotFound',
      false,
    ],
    [
      INVALID,
      'The image manifest, config or layer media type for the source image x:1 is not supported.',
      400,
      'packageRejected',
      false,
    ],
    ['RepositoryNotFoundException', 'The repository does not exist', 400, 'packageNotFound', false],
    ['NoSuchBucket', 'The specified bucket does not exist', 404, 'packageNotFound', false],
    [INVALID, 'Could not unzip uploaded file.', 400, 'packageRejected', false],
    [INVALID, 'Uploaded file must be a non-empty zip', 400, 'packageRejected', false],
    ['CodeStorageExceededException', 'Code storage limit exceeded.', 400, 'codeStorageFull', false],
    [INVALID, 'Value cobol at runtime failed', 400, 'settingsRejected', false],
    ['ResourceConflictException', 'An update is in progress for resource', 409, 'awsRefused', true],
    ['ResourceConflictException', 'in the following state: Failed', 409, 'awsRefused', false],
    ['ResourceConflictException', 'Function already exist: orders', 409, 'awsRefused', true],
    ['ServiceException', 'Internal failure', 500, 'awsUnavailable', true],
    ['TimeoutError', 'socket hang up', undefined, 'awsUnavailable', true],
    ['SyntaxError', 'Unexpected end of JSON input', 200, 'awsUnavailable', true],
    ['SomethingNew', 'AWS made this up', 400, 'awsRefused', false],
  ] as const)('%s (%s, %s) is %s', (name, message, status, code, retryable) => {
    const failure = translate(awsError(name, message, status));
    expect([failure.type, !failure.nonRetryable]).toEqual([code, retryable]);
    expect(code in FAILURE_CODES).toBe(true);
  });

  it('reads as a sentence with what AWS says, its request id and how to mend it', () => {
    const failure = translate(
      awsError('AccessDenied', 'not authorized to perform: lambda:X.', 403),
    );
    expect(failureSentence(failure.details?.[0] as Failure)).toBe(
      'Could not update the code of orders in eu-west-1: not authorized to perform: lambda:X (AccessDenied). (AWS request r-1) Give arn:aws:iam::111111111111:role/Deploy the permission that AWS names.',
    );
  });

  it('has a remedy that helps where an image was built for several platforms', () => {
    const failure = translate(
      awsError(INVALID, 'The image manifest or layer media type for the source image x:1', 400),
    );
    expect(failure.details?.[0]).toMatchObject({
      remedy: expect.stringContaining('--provenance=false'),
    });
  });

  it('has a remedy that helps where an account has no room for more code', () => {
    const full = translate(
      awsError('CodeStorageExceededException', 'Code storage limit exceeded.'),
    );
    expect(full.details?.[0]).toMatchObject({
      remedy: expect.stringMatching(
        /^Delete versions .* in eu-west-1, or have AWS raise the quota/,
      ),
    });
  });

  it('says of a request without an answer how long it was waited for', () => {
    const cause = new DOMException('The operation timed out', 'TimeoutError');
    const aborted = Object.assign(new Error('Request aborted', { cause }), { name: 'AbortError' });
    expect(translate(aborted)).toMatchObject({
      type: 'awsUnavailable',
      nonRetryable: false,
      message:
        'Could not update the code of orders in eu-west-1: AWS did not answer within 10 s (TimeoutError).',
    });
  });

  it('never repeats a secret that AWS repeats', () => {
    const error = awsError(INVALID, "Value '{KEY=hunter2}' at 'environment' failed", 400);
    const secret = { ...operation, secrets: ['hunter2', ''] };
    const translated = translateAwsError(error, secret, 1) as ApplicationFailure;
    expect(JSON.stringify([translated.message, translated.details])).not.toContain('hunter2');
    expect(translated.message).toContain("'{KEY=***}'");
  });

  it('never leaves the end of a secret that begins like another', () => {
    const error = awsError(INVALID, 'hunter and hunter2 failed', 400);
    const both = { ...operation, secrets: ['hunter', 'hunter2'] };
    const translated = translateAwsError(error, both, 1) as ApplicationFailure;
    expect(translated.message).toContain('*** and *** failed');
  });

  it('leaves alone what Temporal threw and what is translated already', () => {
    const cancelled = new CancelledFailure('cancelled');
    expect(translateAwsError(cancelled, operation, 1)).toBe(cancelled);
    const once = translate(awsError('AccessDenied', 'no', 403));
    expect(translateAwsError(once, operation, 1)).toBe(once);
  });
});
