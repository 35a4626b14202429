import { isAsPlanned, wideToChange } from '../../domain/release.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/** Looks at a function before the first write to it, and decides what there is to be done. */
export async function inspect(target: TargetState, fn: FunctionLedger): Promise<void> {
  fn.inspectedAfter = target.waits;
  fn.inspection = await fn.source.inspect(fn.access);
  const { snapshot } = fn.inspection;
  fn.latest = snapshot.latest;
  fn.alias = fn.seen = snapshot.alias;
  fn.unchanged = isAsPlanned(fn.inspection, fn.source.plan);
  fn.wideToChange = wideToChange(snapshot, fn.source.functionWide);
  fn.isInspected = true;
}
