import { CancellationScope, isCancellation } from '@temporalio/workflow';

/**
 * Runs tasks side by side. When one fails the others are cancelled, and all have ended before the
 * first failure is thrown: nothing may still be writing when a rollback begins.
 */
export async function together(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const scope = new CancellationScope();
  const errors: unknown[] = [];
  await scope.run(() =>
    Promise.all(
      tasks.map(async (task) => {
        try {
          await task();
        } catch (error) {
          errors.push(error);
          scope.cancel();
        }
      }),
    ),
  );
  if (errors.length > 0) throw errors.find((error) => !isCancellation(error)) ?? errors[0];
}
