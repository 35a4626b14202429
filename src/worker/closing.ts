import type { Client } from '@temporalio/client';
import type { FindLatestRun } from '../activities/otherRuns.js';
import { createLatestRun } from './latestRun.js';

/** Temporal's number for asking about a run's last event alone. */
const CLOSE_EVENT = 2;

/**
 * Makes what waits until no run of a workflow id is open: it follows the open run to its end, and
 * looks whether another one has begun since.
 */
export function createClosingWait(client: Client) {
  const latestRun = createLatestRun(client);
  return (workflowId: string, signal: AbortSignal): Promise<void> =>
    Promise.race([untilFree(client, latestRun, workflowId, signal), untilAborted(signal)]);
}

async function untilFree(
  client: Client,
  latestRun: FindLatestRun,
  workflowId: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const run = await latestRun(workflowId);
    if (run?.isOpen !== true) return;
    await untilClosed(client, { workflowId, runId: run.runId }, signal);
    signal.throwIfAborted();
  }
}

/**
 * Temporal answers when the run has closed, or after some seconds with a token to ask again. A
 * worker's connection cannot take a question back: the last one is left to end by itself.
 */
async function untilClosed(
  client: Client,
  execution: { workflowId: string; runId: string },
  signal: AbortSignal,
): Promise<void> {
  let nextPageToken: Uint8Array = new Uint8Array();
  while (!signal.aborted) {
    const answer = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution,
      nextPageToken,
      waitNewEvent: true,
      historyEventFilterType: CLOSE_EVENT,
      skipArchival: true,
    });
    if ((answer.history?.events ?? []).length > 0) return;
    nextPageToken = answer.nextPageToken;
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}
