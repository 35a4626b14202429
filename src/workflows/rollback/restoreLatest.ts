import type { Published } from '../../activities/publish.js';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import type { FunctionState } from '../../domain/functions.js';
import { markText } from '../../domain/marks.js';
import type { Restored } from '../../domain/status.js';
import { BY_HAND, withoutTryingAgain } from '../../domain/stuckRollback.js';
import { foreignContent } from '../function/foreign.js';
import { unlessForeign, write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';
import { giveBack } from './giveBack.js';

/**
 * Puts `$LATEST` back as it was: only the settings and the code that this deployment changed, and
 * none that someone else has changed since. A function without an alias gets a new version of it.
 */
export async function restoreLatest(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const { settings, code } = fn.touched;
  const before = fn.snapshot.latest;
  if (before === undefined || fn.baseline === undefined) return [];
  if (settings.length === 0 && !code) return [];
  const { isBack, refused } = await giveBack(target, fn, before);
  // Without an alias, the new code serves nobody once the old one is back, whatever else is missing.
  if (fn.aliasName === undefined && code && fn.left?.code !== true) fn.weight = fn.wantedWeight = 0;
  const [first, ...others] = refused;
  if (first !== undefined && !fn.shiftable) throw new FailureError(inOne(first, others));
  giveUp(fn);
  for (const { message, remedy = BY_HAND } of refused) {
    target.warn({
      code: 'notRestored',
      message,
      remedy: `The traffic is back. ${withoutTryingAgain(remedy)}`,
      target: target.name,
      function: fn.name,
    });
  }
  const restored: Restored[] = isBack ? ['code and settings'] : [];
  if (fn.aliasName !== undefined) return restored;
  const isPublished = await unlessForeign(target, async () => {
    await publishRestored(fn, before);
    fn.weight = fn.wantedWeight = 0;
  });
  // Without an alias it is `$LATEST` that serves.
  return isBack && isPublished ? [...restored, 'traffic'] : restored;
}

/**
 * Where an alias carries the traffic, that is what counts and it is back already: what was tried in
 * vain (a retired runtime, a link that is too slow for the code) is told, and not tried again.
 */
function giveUp({ left, givenUp }: FunctionLedger): void {
  left?.settings.forEach((name) => givenUp.add(name));
  if (left?.code === true) givenUp.add('code');
}

/** A function's rollback is kept by one problem, which says everything. */
export function inOne(first: Failure, others: readonly Failure[]): Failure {
  const all = [first, ...others];
  const remedies = new Set(all.flatMap(({ remedy }) => remedy ?? []));
  return {
    ...first,
    message: all.map(({ message }) => message).join(' '),
    ...(remedies.size > 0 && { remedy: [...remedies].join(' ') }),
  };
}

/** Publishes `$LATEST`, which is as it was before. */
export async function publishRestored(fn: FunctionLedger, before: FunctionState): Promise<string> {
  const { deploymentId } = fn.access;
  const packageUri = fn.baselinePackage;
  const { version } = await write<FunctionState, Published>({
    fn,
    resource: 'latest',
    from: fn.latest ?? before,
    send: (revisionId) =>
      rollingBack(`publish ${fn.name} as it was before`).publishVersion({
        ...fn.access,
        rollback: true,
        revisionId,
        codeSha256: before.codeSha256,
        description: markText({ deploymentId, ...defined({ packageUri }) }),
      }),
    expected: (seen) => seen.codeSha256 === before.codeSha256,
    foreign: foreignContent(fn, before),
  });
  return version.version;
}
