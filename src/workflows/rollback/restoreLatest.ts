import { defined } from '../../domain/defined.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type { FunctionState } from '../../domain/functions.js';
import { markText } from '../../domain/marks.js';
import { oldPackageChanged } from '../../domain/packages.js';
import { uploadTimeoutMs } from '../../domain/requestTimeout.js';
import { differingSettings, pickSettings } from '../../domain/settingSelection.js';
import type { Restored } from '../../domain/status.js';
import { foreignContent } from '../function/foreign.js';
import { fence, unlessForeign, write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack, rollingCodeBack } from '../temporal/activities.js';
import { FailureError, toFailure, wasTried } from '../temporal/failure.js';

/**
 * Puts `$LATEST` back as it was: only the settings and the code that this deployment changed, and
 * none that someone else has changed since. A function without an alias gets a new version of it.
 */
export async function restoreLatest(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const { settings, code } = fn.touched;
  const before = fn.snapshot.latest;
  if (before === undefined || fn.baseline === undefined) return [];
  if (settings.length === 0 && !code) return [];
  const back = [
    await restoreOr(target, fn, 'settings', () => restoreSettings(target, fn, before)),
    await restoreOr(target, fn, 'code', () => restoreCode(target, fn, before)),
  ].every(Boolean);
  const restored: Restored[] = back ? ['code and settings'] : [];
  if (fn.aliasName !== undefined) return restored;
  const isPublished = await unlessForeign(target, () => publishRestored(fn, before));
  // Without an alias it is `$LATEST` that serves.
  return back && isPublished ? [...restored, 'traffic'] : restored;
}

/**
 * Where an alias carries the traffic, that is what counts and it is back already: a `$LATEST` that
 * was tried to be put back in vain (a retired runtime, a link that is too slow for its code) is told,
 * once, and does not hold the deployment up.
 */
async function restoreOr(
  target: TargetState,
  fn: FunctionLedger,
  what: 'settings' | 'code',
  restore: () => Promise<void>,
): Promise<boolean> {
  if (fn.left.has(what)) return false;
  try {
    return await unlessForeign(target, restore);
  } catch (error) {
    if (!fn.shiftable || !wasTried(error)) throw error;
    fn.left.add(what);
    target.warn({ ...toFailure(error), code: 'notRestored' });
    return false;
  }
}

async function restoreSettings(
  target: TargetState,
  fn: FunctionLedger,
  before: FunctionState,
): Promise<void> {
  let names = fn.touched.settings;
  if (names.length === 0) return;
  const fromVersion = fn.baseline ?? '';
  fn.latest = await write<FunctionState>({
    fn,
    resource: 'latest',
    from: fn.latest ?? before,
    send: (revisionId) =>
      rollingBack(`restore ${names.join(', ')} of ${fn.name}`).restoreSettings({
        ...fn.access,
        rollback: true,
        revisionId,
        fromVersion,
        names,
        ...fence(fn.unanswered.latest),
      }),
    expected: (seen) => {
      const mine = names.filter((name) => ours(fn, before, seen, name));
      if (mine.length === 0) return false;
      if (mine.length < names.length) target.warn(foreignContent(fn, before)(seen));
      names = mine;
      return true;
    },
    foreign: foreignContent(fn, before),
  });
}

async function restoreCode(
  target: TargetState,
  fn: FunctionLedger,
  before: FunctionState,
): Promise<void> {
  if (!fn.touched.code) return;
  const fromVersion = fn.baseline ?? '';
  const timeoutMs = uploadTimeoutMs(before.codeBytes);
  fn.latest = await write<FunctionState>({
    fn,
    resource: 'latest',
    from: fn.latest ?? before,
    send: (revisionId) =>
      rollingCodeBack(timeoutMs, `restore the code of ${fn.name}`).restoreCode({
        ...fn.access,
        rollback: true,
        revisionId,
        fromVersion,
        ...fence(fn.unanswered.latest),
      }),
    expected: ({ codeSha256 }) =>
      [before.codeSha256, fn.wantedCode, fn.writtenCode].includes(codeSha256),
    foreign: foreignContent(fn, before),
    timeoutMs,
  });
  fn.writtenCode = fn.latest.codeSha256;
  // The next attempt sees that the package is another one by now, and takes the version's own code.
  if (fn.latest.codeSha256 !== before.codeSha256) {
    throw new FailureError(oldPackageChanged(target.name, fn.name));
  }
}

async function publishRestored(fn: FunctionLedger, before: FunctionState): Promise<void> {
  const { deploymentId } = fn.access;
  const packageUri = fn.baselinePackage;
  await write<FunctionState>({
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
  fn.weight = fn.wantedWeight = 0;
}

/** Whether a setting is as it was, or as the deployment made it. */
function ours(
  fn: FunctionLedger,
  before: FunctionState,
  seen: FunctionState,
  name: SettingName,
): boolean {
  const same = (wanted: Parameters<typeof differingSettings>[1]): boolean =>
    differingSettings(seen.settings, wanted).length === 0;
  const wanted = fn.inspection.wanted[name];
  return same(pickSettings(before.settings, [name])) || same({ [name]: wanted });
}
