import type { Inspection } from '../activities/inspect.js';
import { isAsPlanned } from '../domain/release.js';
import { reading } from './activities.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** Looks at a function before the first write to it, and decides what there is to be done. */
export async function inspect(run: TargetRun, one: FunctionRun): Promise<void> {
  one.inspectedAfter = run.waits;
  one.inspection = await inspectionOf(one);
  const { snapshot } = one.inspection;
  one.latest = snapshot.latest;
  one.alias = snapshot.alias;
  one.unchanged = isAsPlanned(one.inspection, one.given.plan);
}

function inspectionOf({ name, access, given }: FunctionRun): Promise<Inspection> {
  const activities = reading(`look at ${name}`);
  return 'package' in given
    ? activities.inspectFunction({ ...access, plan: given.plan, package: given.package })
    : activities.inspectVersion({ ...access, plan: given.plan });
}
