import { cancellationSignal } from '@temporalio/activity';

/** Resolves when no run of the workflow id is open any more; rejects when the signal aborts. */
export type AwaitClosed = (workflowId: string, signal: AbortSignal) => Promise<void>;

/** Waits until the run that holds a workflow id has ended, however it ends. */
export function awaitClosed(wait: AwaitClosed) {
  return async function awaitClosed(workflowId: string): Promise<void> {
    await wait(workflowId, cancellationSignal());
  };
}
