import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import { sameShape, type FunctionState } from '../../domain/functions.js';
import type { ReadBack } from '../../domain/readBack.js';
import { BY_HAND } from '../../domain/stuckRollback.js';
import { differingSettings, pickSettings } from '../../domain/settingSelection.js';
import { foreignWide, WIDE, wideDifference, withoutWide } from '../../domain/wideSettings.js';
import { isAliasAsBefore, isLatestAsBefore, wideNotAsBefore } from '../function/asBefore.js';
import { foreignAlias, foreignContent } from '../function/foreign.js';
import { foreignProvisioned } from '../function/provision.js';
import { askedProvisioned } from '../function/readBack.js';
import { foreignOf, wideChange } from '../function/wide.js';
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
    ...defined({ alias: fn.aliasName, wide: fn.wideTouched }),
    ...askedProvisioned(fn),
  });
  fn.readBack = seen;
  if (isAliasOwn(fn, seen)) {
    const serves = `alias ${fn.aliasName ?? ''} still serves what the deployment gave it`;
    throw new FailureError(notGivenBack(fn, serves));
  }
  assertProvisionedBack(target, fn, seen);
  assertWideGivenBack(target, fn, seen);
  const found = changed(fn, seen);
  if (found === undefined) return;
  // Where an alias carries the traffic, a `$LATEST` that is not back is a warning.
  if (found.code === 'notRestored' && !fn.shiftable) throw new FailureError(found);
  const isTold = target.warnings.some(
    (warning) => warning.function === fn.name && warning.code === found.code,
  );
  if (isTold) return;
  // The rollback ends without it, so nothing is tried again.
  target.warn(found.code === 'notRestored' ? { ...found, remedy: BY_HAND } : found);
}

/** The same for what belongs to the whole function. */
function assertWideGivenBack(target: TargetState, fn: FunctionLedger, seen: ReadBack): void {
  for (const name of wideNotAsBefore(fn, seen)) {
    const found = seen.wide?.[name];
    if (found === undefined) continue;
    const change = wideChange(fn, name);
    const left = wideDifference(name, found, change.before);
    if (withoutWide(name, left, foreignWide(name, found, change)) !== undefined) {
      throw new FailureError(notGivenBack(fn, `its ${WIDE[name].said} are still the deployment's`));
    }
    target.warn(foreignOf(fn, name, found, change));
  }
}

/** Of what somebody else uses or has changed, that is told already. */
function assertProvisionedBack(target: TargetState, fn: FunctionLedger, seen: ReadBack): void {
  for (const [version, { before, asked, became }] of fn.provisioned) {
    const found = seen.provisioned?.[version] ?? 0;
    if (found === before || became === 'left') continue;
    if (asked.includes(found)) {
      const has = `version ${version} has a provisioned concurrency of ${found}, and had ${before}`;
      throw new FailureError(notGivenBack(fn, has));
    }
    target.warn(foreignProvisioned(fn, version, { result: 'changed', found }));
  }
}

/** What is not as it was before, and whose it is. */
function changed(fn: FunctionLedger, seen: ReadBack): Failure | undefined {
  const { latest } = fn.snapshot;
  const traffic = fn.trafficBefore;
  if (!isAliasAsBefore(fn, seen) && traffic !== undefined && seen.alias !== undefined) {
    return foreignAlias(fn, traffic)(seen.alias);
  }
  if (isLatestAsBefore(fn, seen) || latest === undefined || seen.latest === undefined) {
    return undefined;
  }
  return isLatestOwn(fn, latest, seen.latest)
    ? notGivenBack(fn, 'it still has code or settings of the deployment')
    : foreignContent(fn, latest)(seen.latest);
}

function isAliasOwn(fn: FunctionLedger, seen: ReadBack): boolean {
  const { alias } = seen;
  if (alias === undefined || isAliasAsBefore(fn, seen)) return false;
  return fn.shapes.some((shape) => sameShape(shape, alias));
}

/** Whether something is there that this deployment wrote. */
function isLatestOwn(fn: FunctionLedger, before: FunctionState, seen: FunctionState): boolean {
  const { code, settings } = fn.touched;
  const isCode =
    code &&
    seen.codeSha256 !== before.codeSha256 &&
    [fn.wantedCode, fn.writtenCode].includes(seen.codeSha256);
  const differing = differingSettings(seen.settings, pickSettings(before.settings, settings));
  const wanted = pickSettings(fn.inspection.wanted, differing);
  return isCode || differingSettings(seen.settings, wanted).length < differing.length;
}

function notGivenBack(fn: FunctionLedger, found: string): Failure {
  return {
    code: 'notRestored',
    message: `${fn.name} is not as it was before, although AWS has accepted all that was to put it back: ${found}.`,
    remedy:
      'It is read again when the rollback is tried again. If it stays so, put it in order by hand.',
    target: fn.access.target,
    function: fn.name,
  };
}
