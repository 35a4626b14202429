import type { GetFunctionCommandOutput } from '@aws-sdk/client-lambda';
import { FUNCTION_TAG } from '../domain/marks.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/**
 * The deployment that created a function, by the tag that it left.
 *
 * @throws ApplicationFailure `accessDenied` when the tags cannot be read: taking the function for
 *   somebody else's would leave it behind
 */
export function ownerOf(
  found: GetFunctionCommandOutput,
  access: FunctionAccess,
): string | undefined {
  return tagsOf(found, access)[FUNCTION_TAG];
}

/**
 * The tags of a function.
 *
 * @throws ApplicationFailure `accessDenied` when they cannot be read: GetFunction then answers without
 *   them
 */
export function tagsOf(
  { Tags = {}, TagsError }: GetFunctionCommandOutput,
  access: FunctionAccess,
): Record<string, string> {
  if (TagsError === undefined) return Tags;
  throw activityFailure(
    {
      code: 'accessDenied',
      message: `The deploy role may not read the tags of ${access.function} in ${access.region}, which tell who has created it.`,
      remedy: `Give ${access.deployRoleArn} lambda:ListTags on the function.`,
      target: access.target,
      function: access.function,
    },
    { retryable: false },
  );
}
