import type { Failure } from '../../domain/failures.js';
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
  for (const secret of fn.inspection.replacedSecrets ?? []) target.warn(replaced(fn, secret));
}

/** One value for all functions; but whoever replaced it may mean the new one. */
function replaced({ name, access }: FunctionLedger, secret: string): Failure {
  return {
    code: 'secretReplaced',
    message: `The secret ${secret} was replaced after the deployment had started: ${name} has the value that it had then.`,
    remedy: 'To give the functions the new one, deploy again.',
    target: access.target,
    function: name,
  };
}
