import { isAsPlanned } from '../domain/release.js';
import { reading } from './activities.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** Looks at a function before the first write to it, and decides what there is to be done. */
export async function inspect(run: TargetRun, one: FunctionRun): Promise<void> {
  const { plan, package: pinned } = one.given;
  one.inspectedAfter = run.waits;
  one.inspection = await reading(`look at ${one.name}`).inspectFunction({
    ...one.access,
    plan,
    package: pinned,
  });
  const { snapshot } = one.inspection;
  one.latest = snapshot.latest;
  one.alias = snapshot.alias;
  one.unchanged = isAsPlanned(one.inspection, plan);
}
