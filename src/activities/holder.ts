import { isSplit, type AliasState, type OtherHolder } from '../domain/functions.js';
import { targetWorkflowId } from '../domain/names.js';
import type { FunctionAccess } from './access.js';
import type { FindLatestRun } from './otherRuns.js';

/**
 * Who else splits an alias's traffic. The mark alone does not tell: whoever was terminated has left
 * it. So Temporal is asked for the run of the target that it names. A split of the target's own
 * earlier runs is nobody else's, since the workflow id is the lock of both.
 */
export async function otherHolder(
  alias: AliasState,
  { application, target }: FunctionAccess,
  findRun: FindLatestRun,
): Promise<OtherHolder | undefined> {
  const { holder } = alias;
  if (holder === undefined || !isSplit(alias)) return undefined;
  if (holder.application === application && holder.target === target) return undefined;
  const run = await findRun(targetWorkflowId(holder.application, holder.target));
  if (run === undefined) return { ...holder, run: 'unknown' };
  return { ...holder, run: run.isOpen ? 'open' : 'ended' };
}
