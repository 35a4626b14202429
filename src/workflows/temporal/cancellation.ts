import { CancellationScope } from '@temporalio/workflow';

/**
 * Throws when the scope was cancelled in the activation that also woke this code: a cancellation
 * wins over, say, an approval that nobody has acted on yet.
 */
export async function rejectIfCancelled(): Promise<void> {
  const scope = CancellationScope.current();
  if (scope.consideredCancelled) await scope.cancelRequested;
}
