import { messageOf, SluiceError } from '../errors.js';

const EXPIRED = 'The AWS credentials have expired: sign in again.';

/** Errors that mean that AWS could not be asked at all, with how to mend them. */
const UNUSABLE: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'The AWS SDK finds no credentials: set AWS_PROFILE, or the variables that your sign-in gives.',
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  InvalidClientTokenId: 'AWS does not know the credentials.',
  SignatureDoesNotMatch: 'AWS does not accept the credentials.',
};

/** Whatever an AWS client threw, for a person. */
export function awsError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof SluiceError) return cause;
  const isWithoutRegion = /^Region (is missing|not accepted)/.test(cause.message);
  const unusable = isWithoutRegion
    ? 'There is no region, or none of that name: give one with --region or AWS_REGION.'
    : UNUSABLE[cause.name];
  if (unusable !== undefined) return new SluiceError('invalidArguments', unusable, { cause });
  const told = messageOf(cause).trim().replace(/\.$/, '') || cause.name;
  return new SluiceError('stackFailed', `AWS does not do it: ${told}.`, { cause });
}
