import { CancellationScope } from '@temporalio/workflow';

/** A cancellation wins over whatever came in the same moment and nobody has acted on yet. */
export async function rejectIfCancelled(): Promise<void> {
  const scope = CancellationScope.current();
  if (scope.consideredCancelled) await scope.cancelRequested;
}
