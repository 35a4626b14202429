import type { RemovalResult } from '../../activities/results.js';
import type { Restored } from '../../domain/status.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { withdrawNew } from './restoreProvisioned.js';
import { rollingBack } from '../temporal/activities.js';

/**
 * Removes the alias and the function that this deployment created, unless others use them. In between,
 * what the alias served loses its provisioned concurrency.
 */
export async function removeCreated(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const removals: boolean[] = [];
  const { aliasName: alias } = fn;
  const access = { ...fn.access, rollback: true };
  if (fn.touched.aliasCreated && alias !== undefined) {
    const removal = await rollingBack(`delete alias ${alias} of ${fn.name}`).removeAlias({
      ...access,
      alias,
      version: fn.version ?? '',
    });
    removals.push(reported(target, fn, `alias ${alias} of ${fn.name}`, removal));
  }
  const withdrawn = fn.touched.aliasCreated ? await withdrawNew(target, fn) : [];
  if (fn.touched.created) {
    const removal = await rollingBack(`delete ${fn.name}`).removeFunction({
      ...access,
      codeSha256: fn.latest?.codeSha256 ?? fn.wantedCode,
      // Where the answer was never heard, what the plan names is all that is known.
      settings: fn.latest?.settings ?? fn.inspection.wanted,
    });
    removals.push(reported(target, fn, fn.name, removal));
  }
  const isBack = removals.length > 0 && removals.every(Boolean);
  return isBack ? [...withdrawn, 'what was created'] : withdrawn;
}

/** @returns whether nothing of it is left */
function reported(
  target: TargetState,
  fn: FunctionLedger,
  what: string,
  removal: RemovalResult,
): boolean {
  if (removal.result === 'removed' || !removal.ours) return true;
  target.warn({
    code: 'notRestored',
    message: `The deployment created ${what}, and it was not deleted: ${removal.reason}.`,
    remedy: 'Delete it by hand if nobody needs it.',
    target: target.name,
    function: fn.name,
  });
  return false;
}
