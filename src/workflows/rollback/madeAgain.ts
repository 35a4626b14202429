import { isSplit, type AliasShape } from '../../domain/functions.js';
import { sameContent } from '../../domain/sameContent.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { giveBack } from './giveBack.js';
import { FailureError, toFailure } from '../temporal/failure.js';
import { inOne, publishRestored } from './restoreLatest.js';

/**
 * Makes the version again that an alias served before, which someone has deleted: `$LATEST` goes back
 * first, and is published. That is only the same where `$LATEST` was what the alias served.
 *
 * @param gone - what is thrown where it cannot be made again
 */
export async function madeAgain(
  target: TargetState,
  fn: FunctionLedger,
  gone: unknown,
): Promise<AliasShape> {
  const { trafficBefore } = fn;
  const { latest, servesContentOfLatest } = fn.snapshot;
  if (trafficBefore === undefined || isSplit(trafficBefore)) throw gone;
  if (latest === undefined || servesContentOfLatest !== true) throw gone;
  // The alias still serves what was rejected: whatever was given up is needed now.
  fn.givenUp.clear();
  const { isBack, refused } = await giveBack(target, fn, latest);
  if (!isBack) throw new FailureError(inOne(toFailure(gone), refused));
  // It would be live: what somebody else has changed meanwhile is not published.
  if (fn.latest !== undefined && !sameContent(fn.latest, latest)) throw gone;
  return { version: await publishRestored(fn, latest), weights: {} };
}
