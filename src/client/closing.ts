import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import type { Link } from './link.js';
import type { DeploymentFacts } from './report.js';

/** How long to wait before Temporal is asked again when it did not answer, in milliseconds. */
const RETRY_MS = 1000;

/** Resolves when the run has closed, whatever happens to Temporal meanwhile, or at the signal. */
export async function untilClosed(
  { client }: Link,
  run: Pick<DeploymentFacts, 'workflowId' | 'runId'>,
  stop: AbortSignal,
): Promise<void> {
  setMaxListeners(0, stop); // The SDK adds a listener with every request and takes none away.
  const handle = client.workflow.getHandle(run.workflowId, run.runId);
  while (!stop.aborted) {
    try {
      await client.withAbortSignal(stop, () => handle.result());
      return;
    } catch (error) {
      if (error instanceof WorkflowFailedError) return;
      await sleep(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
