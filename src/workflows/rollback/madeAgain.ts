import type { AliasShape, FunctionState } from '../../domain/functions.js';
import { differingSettings } from '../../domain/settingSelection.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { publishRestored, restoreLatest } from './restoreLatest.js';

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
  const { latest, served } = fn.snapshot;
  const isSplit = Object.keys(fn.trafficBefore?.weights ?? {}).length > 0;
  if (isSplit || latest === undefined || !hasContentOf(served, latest)) throw gone;
  const restored = await restoreLatest(target, fn);
  if (!restored.includes('code and settings')) throw gone;
  return { version: await publishRestored(fn, latest), weights: {} };
}

function hasContentOf(served: FunctionState | undefined, latest: FunctionState): boolean {
  return (
    served?.codeSha256 === latest.codeSha256 &&
    differingSettings(served.settings, latest.settings).length === 0
  );
}
