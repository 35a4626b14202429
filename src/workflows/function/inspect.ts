import type { Inspection } from '../../activities/inspect.js';
import { isAsPlanned } from '../../domain/release.js';
import { reading } from '../temporal/activities.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/** Looks at a function before the first write to it, and decides what there is to be done. */
export async function inspect(target: TargetState, fn: FunctionLedger): Promise<void> {
  fn.inspectedAfter = target.waits;
  fn.inspection = await inspectionOf(fn);
  const { snapshot } = fn.inspection;
  fn.latest = snapshot.latest;
  fn.alias = snapshot.alias;
  fn.unchanged = isAsPlanned(fn.inspection, fn.given.plan);
}

function inspectionOf({ name, access, given }: FunctionLedger): Promise<Inspection> {
  const activities = reading(`look at ${name}`);
  return 'package' in given
    ? activities.inspectFunction({ ...access, plan: given.plan, package: given.package })
    : activities.inspectVersion({ ...access, plan: given.plan });
}
