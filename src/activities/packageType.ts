import type { FunctionState } from '../domain/functions.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/**
 * Refuses a function whose code is a container image: a zip file cannot become its code. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html
 */
export function assertZip(access: FunctionAccess, latest: FunctionState | undefined): void {
  if (latest?.image !== true) return;
  const { function: name, region, target } = access;
  throw activityFailure(
    {
      code: 'packageRejected',
      message: `${name} in ${region} is a container image, and AWS makes no function of a zip file of it.`,
      remedy: `Deploy the zip file as a function of another name, or delete ${name} first: then it is created anew.`,
      target,
      function: name,
    },
    { retryable: false },
  );
}
