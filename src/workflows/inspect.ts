import { nothingChanges } from '../domain/functions.js';
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
  const { snapshot, served } = one.inspection;
  one.latest = snapshot.latest;
  one.alias = snapshot.alias;
  const split = Object.keys(snapshot.alias?.weights ?? {}).length > 0;
  const aliasMissing = plan.alias !== undefined && snapshot.alias === undefined;
  one.unchanged = served !== undefined && nothingChanges(served) && !split && !aliasMissing;
}
