import { sameShape } from '../../domain/functions.js';
import type { ReadBack } from '../../domain/readBack.js';
import { differingSettings, pickSettings } from '../../domain/settingSelection.js';
import { differingWide, pickWide, type WideName } from '../../domain/wideSettings.js';
import type { FunctionLedger } from '../state/functionLedger.js';

/** Whether everything that the deployment touched is as it was before. */
export function isAsBefore(fn: FunctionLedger, seen: ReadBack): boolean {
  return (
    isAliasAsBefore(fn, seen) &&
    isLatestAsBefore(fn, seen) &&
    isProvisionedAsBefore(fn, seen) &&
    wideNotAsBefore(fn, seen).length === 0
  );
}

/** What of the whole function is not as it was before. */
export function wideNotAsBefore(fn: FunctionLedger, { wide = {} }: ReadBack): WideName[] {
  // What became of a function that was created, its removal has told.
  if (fn.snapshot.latest === undefined) return [];
  return differingWide(wide, pickWide(fn.wideBefore, fn.touched.wide));
}

function isProvisionedAsBefore(fn: FunctionLedger, { provisioned = {} }: ReadBack): boolean {
  return [...fn.provisioned].every(
    ([version, { before }]) => (provisioned[version] ?? 0) === before,
  );
}

export function isAliasAsBefore(fn: FunctionLedger, { alias }: ReadBack): boolean {
  const before = fn.aliasGivenBack;
  if (!fn.touched.alias || before === undefined) return true;
  return alias !== undefined && sameShape(alias, before);
}

export function isLatestAsBefore(fn: FunctionLedger, { latest }: ReadBack): boolean {
  const before = fn.snapshot.latest;
  const { code, settings } = fn.touched;
  // What became of a function that was created, its removal has told.
  if (before === undefined) return true;
  if (!code && settings.length === 0) return true;
  if (latest === undefined) return false;
  const differ = differingSettings(latest.settings, pickSettings(before.settings, settings));
  return differ.length === 0 && (!code || latest.codeSha256 === before.codeSha256);
}
