import type { FunctionState } from '../domain/functions.js';
import type { SettingName } from '../domain/functionSettings.js';
import { markText } from '../domain/marks.js';
import { differingSettings, pickSettings } from '../domain/settingSelection.js';
import type { Restored } from '../domain/status.js';
import { rollingBack } from './activities.js';
import { isFinal, toFailure } from './failure.js';
import { foreignContent } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';
import { fence, unlessForeign, write } from './write.js';

/**
 * Puts `$LATEST` back as it was: only the settings and the code that this deployment changed, and
 * none that someone else has changed since. A function without an alias gets a new version of it.
 */
export async function restoreLatest(target: TargetRun, run: FunctionRun): Promise<Restored[]> {
  const { settings, code } = run.touched;
  const before = run.snapshot.latest;
  if (before === undefined || run.baseline === undefined) return [];
  if (settings.length === 0 && !code) return [];
  const back = [
    await restoreOr(target, run, () => restoreSettings(target, run, before)),
    await restoreOr(target, run, () => restoreCode(run, before)),
  ].every(Boolean);
  const restored: Restored[] = back ? ['code and settings'] : [];
  if (run.given.plan.alias !== undefined) return restored;
  const isPublished = await unlessForeign(target, () => publishRestored(run, before));
  // Without an alias it is `$LATEST` that serves.
  return back && isPublished ? [...restored, 'traffic'] : restored;
}

/**
 * Where an alias carries the traffic, that is what counts and it is back already: a `$LATEST` that
 * AWS will not take back (a retired runtime, say) is told, and does not hold the deployment up.
 */
async function restoreOr(
  target: TargetRun,
  run: FunctionRun,
  restore: () => Promise<void>,
): Promise<boolean> {
  try {
    return await unlessForeign(target, restore);
  } catch (error) {
    if (!run.shiftable || !isFinal(error)) throw error;
    target.warn({ ...toFailure(error), code: 'notRestored' });
    return false;
  }
}

async function restoreSettings(
  target: TargetRun,
  run: FunctionRun,
  before: FunctionState,
): Promise<void> {
  let names = run.touched.settings;
  if (names.length === 0) return;
  const fromVersion = run.baseline ?? '';
  run.latest = await write<FunctionState>({
    run,
    resource: 'latest',
    from: run.latest ?? before,
    send: (revisionId) =>
      rollingBack(`restore ${names.join(', ')} of ${run.name}`).restoreSettings({
        ...run.access,
        rollback: true,
        revisionId,
        fromVersion,
        names,
        ...fence(run.unanswered.latest),
      }),
    expected: (seen) => {
      const mine = names.filter((name) => ours(run, before, seen, name));
      if (mine.length === 0) return false;
      if (mine.length < names.length) target.warn(foreignContent(run, before)(seen));
      names = mine;
      return true;
    },
    foreign: foreignContent(run, before),
  });
}

async function restoreCode(run: FunctionRun, before: FunctionState): Promise<void> {
  if (!run.touched.code) return;
  const fromVersion = run.baseline ?? '';
  run.latest = await write<FunctionState>({
    run,
    resource: 'latest',
    from: run.latest ?? before,
    send: (revisionId) =>
      rollingBack(`restore the code of ${run.name}`).restoreCode({
        ...run.access,
        rollback: true,
        revisionId,
        fromVersion,
        ...fence(run.unanswered.latest),
      }),
    expected: ({ codeSha256 }) =>
      [before.codeSha256, run.wantedCode, run.writtenCode].includes(codeSha256),
    foreign: foreignContent(run, before),
  });
}

async function publishRestored(run: FunctionRun, before: FunctionState): Promise<void> {
  const { deploymentId } = run.target;
  const packageUri = run.baselinePackage;
  await write<FunctionState>({
    run,
    resource: 'latest',
    from: run.latest ?? before,
    send: (revisionId) =>
      rollingBack(`publish ${run.name} as it was before`).publishVersion({
        ...run.access,
        rollback: true,
        revisionId,
        codeSha256: before.codeSha256,
        description: markText({ deploymentId, ...(packageUri !== undefined && { packageUri }) }),
      }),
    expected: (seen) => seen.codeSha256 === before.codeSha256,
    foreign: foreignContent(run, before),
  });
  run.weight = run.wantedWeight = 0;
}

/** Whether a setting is as it was, or as the deployment made it. */
function ours(
  run: FunctionRun,
  before: FunctionState,
  seen: FunctionState,
  name: SettingName,
): boolean {
  const same = (wanted: Parameters<typeof differingSettings>[1]): boolean =>
    differingSettings(seen.settings, wanted).length === 0;
  const wanted = run.inspection.wanted[name];
  return same(pickSettings(before.settings, [name])) || same({ [name]: wanted });
}
