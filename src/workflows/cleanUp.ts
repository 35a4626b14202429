import type { RemovalResult } from '../activities/results.js';
import type { Restored } from '../domain/status.js';
import { rollingBack } from './activities.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** Removes the alias and the function that this deployment created, unless others use them. */
export async function removeCreated(target: TargetRun, run: FunctionRun): Promise<Restored[]> {
  const removals: boolean[] = [];
  const { alias } = run.given.plan;
  const access = { ...run.access, rollback: true };
  if (run.touched.aliasCreated && alias !== undefined) {
    const removal = await rollingBack(`delete alias ${alias} of ${run.name}`).removeAlias({
      ...access,
      alias,
      version: run.version ?? '',
    });
    removals.push(reported(target, run, `alias ${alias} of ${run.name}`, removal));
  }
  if (run.touched.created) {
    const removal = await rollingBack(`delete ${run.name}`).removeFunction({
      ...access,
      codeSha256: run.latest?.codeSha256 ?? run.wantedCode,
      // Where the answer was never heard, what the plan names is all that is known.
      settings: run.latest?.settings ?? run.inspection.wanted,
    });
    removals.push(reported(target, run, run.name, removal));
  }
  return removals.length > 0 && removals.every(Boolean) ? ['what was created'] : [];
}

/** @returns whether nothing of it is left */
function reported(
  target: TargetRun,
  run: FunctionRun,
  what: string,
  removal: RemovalResult,
): boolean {
  if (removal.result === 'removed' || !removal.ours) return true;
  target.warn({
    code: 'notRestored',
    message: `The deployment created ${what}, and it was not deleted: ${removal.reason}.`,
    remedy: 'Delete it by hand if nobody needs it.',
    target: target.input.target,
    function: run.name,
  });
  return false;
}
