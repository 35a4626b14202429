import type { Unready } from '../domain/functions.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { unready } from './functionState.js';
import { settledFunction } from './reading.js';
import type { Tools } from './tools.js';

export interface AwaitVersionInput extends FunctionAccess {
  /** The number of a published version. */
  version: string;
}

/**
 * Waits as long as AWS makes a version ready to be invoked. The target's clock says how long that may
 * take.
 *
 * @returns why it cannot be invoked all the same: it is `Inactive`; undefined where it can
 */
export function awaitVersion(tools: Tools) {
  return async function awaitVersion(input: AwaitVersionInput): Promise<Unready | undefined> {
    const { Configuration } = await settledFunction(tools.lambda(input), input.version);
    const found = unready(Configuration);
    if (found?.state === 'Failed') throw failed(input, found);
    return found;
  };
}

function failed(
  { function: name, version, region, target }: AwaitVersionInput,
  { reason = 'AWS gives no reason', snapshot }: Unready,
): Error {
  const what = snapshot === true ? 'make its snapshot' : 'make it ready';
  return activityFailure(
    {
      code: 'updateFailed',
      message: `Version ${version} of ${name} in ${region} cannot be invoked, because AWS could not ${what}: ${reason}`,
      remedy:
        'Mend the cause. AWS makes no other version of the same code and settings, so delete this one, or change them, before you deploy again.',
      target,
      function: name,
    },
    { retryable: false },
  );
}
