import { defined } from '../../domain/defined.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type { FunctionState } from '../../domain/functions.js';
import { oldPackageChanged } from '../../domain/packages.js';
import { uploadTimeoutMs } from '../../domain/requestTimeout.js';
import { codeSettings, differingSettings, pickSettings } from '../../domain/settingSelection.js';
import { foreignContent } from '../function/foreign.js';
import { fence, write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack, rollingCodeBack } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';

/**
 * Puts some settings back, but for those that somebody else has changed since.
 *
 * @param impatient - whether what may pass counts as refused
 */
export async function restoreSettings(
  target: TargetState,
  fn: FunctionLedger,
  before: FunctionState,
  wanted: readonly SettingName[],
  impatient: boolean,
): Promise<void> {
  let names = [...wanted];
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
        impatient,
        revisionId,
        fromVersion,
        names,
        before: pickSettings(before.settings, names),
        ...fence(fn.unanswered.latest),
      }),
    expected: (seen) => {
      const mine = names.filter((name) => ours(fn, before, seen, name));
      if (mine.length === 0) return false;
      if (mine.length < names.length) {
        fn.isForeign = true;
        target.warn(foreignContent(fn, before)(seen));
      }
      names = mine;
      return true;
    },
    foreign: foreignContent(fn, before),
  });
}

/** Puts the code back, and the settings that AWS changes with it. */
export async function restoreCode(
  target: TargetState,
  fn: FunctionLedger,
  before: FunctionState,
): Promise<void> {
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
        before: {
          codeSha256: before.codeSha256,
          settings: codeSettings(before.settings),
          ...defined({ packageUri: fn.baselinePackage }),
        },
        ...defined({ replacedCode: fn.source.plan.replacedCode }),
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
