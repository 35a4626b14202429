import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import { sameShape, type FunctionState } from '../../domain/functions.js';
import type { ReadBack } from '../../domain/readBack.js';
import { isAliasAsBefore, isLatestAsBefore } from '../function/asBefore.js';
import { foreignAlias, foreignContent } from '../function/foreign.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';

/**
 * Reads what is there after everything has been taken back. What others have changed is told; what is
 * still this deployment's own has not been taken back, whatever AWS has answered before.
 *
 * @throws FailureError `notRestored`
 */
export async function assertGivenBack(target: TargetState, fn: FunctionLedger): Promise<void> {
  const seen = await rollingBack(`read ${fn.name} back`).readBack({
    ...fn.access,
    rollback: true,
    ...defined({ alias: fn.aliasName }),
  });
  fn.readBack = seen;
  const left = leftOver(fn, seen);
  if (left !== undefined) throw new FailureError(left);
  const isTold = target.warnings.some((warning) => warning.function === fn.name);
  const changed = isTold ? undefined : changedByOthers(fn, seen);
  if (changed !== undefined) target.warn(changed);
}

/** What this deployment has written and is still there. */
function leftOver(fn: FunctionLedger, seen: ReadBack): Failure | undefined {
  const { alias, latest } = seen;
  const isOwn = alias !== undefined && fn.shapes.some((shape) => sameShape(shape, alias));
  if (isOwn && !isAliasAsBefore(fn, seen)) return notGivenBack(fn, 'alias');
  // Where an alias carries the traffic, a `$LATEST` that cannot be put back is a warning.
  if (fn.shiftable || latest === undefined || isLatestAsBefore(fn, seen)) return undefined;
  return isWritten(fn, latest) ? notGivenBack(fn, 'code') : undefined;
}

/** The code or a setting that this deployment wrote. */
function isWritten(fn: FunctionLedger, latest: FunctionState): boolean {
  const before = fn.snapshot.latest;
  if (before === undefined) return false;
  const { code } = fn.touched;
  const isOwnCode = [fn.wantedCode, fn.writtenCode].includes(latest.codeSha256);
  return code && isOwnCode && latest.codeSha256 !== before.codeSha256;
}

function notGivenBack(fn: FunctionLedger, what: 'alias' | 'code'): Failure {
  const found =
    what === 'alias'
      ? `alias ${fn.aliasName ?? ''} still serves what the deployment gave it`
      : 'it still has the code of the deployment';
  return {
    code: 'notRestored',
    message: `${fn.name} is not as it was before, although AWS has accepted all that was to put it back: ${found}.`,
    remedy:
      'It is read again when the rollback is tried again. If it stays so, put it in order by hand.',
    target: fn.access.target,
    function: fn.name,
  };
}

function changedByOthers(fn: FunctionLedger, seen: ReadBack): Failure | undefined {
  const { latest } = fn.snapshot;
  const traffic = fn.trafficBefore;
  if (!isAliasAsBefore(fn, seen) && traffic !== undefined && seen.alias !== undefined) {
    return foreignAlias(fn, traffic)(seen.alias);
  }
  // What AWS refuses to take back is nobody's change.
  if (fn.left !== undefined || isLatestAsBefore(fn, seen)) return undefined;
  if (latest === undefined || seen.latest === undefined) return undefined;
  return foreignContent(fn, latest)(seen.latest);
}
