import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import type { TargetAccess } from '../domain/target.js';
import { activityFailure } from './awsFailure.js';
import type { Transfer } from './transfer.js';

/** What keeps old code from having to go through a worker. */
export const KEEP_VERSIONS =
  'AWS fetches old code itself from a bucket that keeps versions, and from where `replacedCode` of the deployment file has it kept.';

/**
 * What went wrong with bytes on their way: that they were given up says more than the error of
 * whatever was moving them.
 *
 * @param doing - as a phrase that follows "could not"
 * @param moved - what is said of the bytes
 * @param instead - what else than a faster link would help, as a sentence
 */
export function transferFailure(
  error: unknown,
  transfer: Transfer,
  { target, region, function: name }: TargetAccess & { function?: string },
  { doing, moved, instead }: { doing: string; moved: 'handed over' | 'received'; instead?: string },
): unknown {
  const { givenUp } = transfer;
  if (givenUp === undefined) return error;
  const failure: Failure = {
    code: 'awsUnavailable',
    message: `Could not ${doing} in ${region}: the worker has ${moved} ${givenUp}.`,
    remedy: `Run a worker with a faster way to AWS in ${region}.${instead === undefined ? '' : ` ${instead}`}`,
    target,
    ...defined({ function: name }),
  };
  return activityFailure(failure, { retryable: !transfer.isTooSlow });
}
