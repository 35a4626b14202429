import { activityFailure } from '../awsFailure.js';

/** @param where - the place in which the secret lies */
export function noText(name: string, where: string): Error {
  return activityFailure(
    {
      code: 'secretUnusable',
      message: `The secret ${name} in ${where} holds bytes that are no text.`,
      remedy: 'Store it as text in UTF-8, bytes as base64 for instance.',
    },
    { retryable: false },
  );
}
