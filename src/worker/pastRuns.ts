import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { PastRuns, ReadPastRuns } from '../activities/otherRuns.js';
import { targetWorkflowId } from '../domain/names.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import { sideBySide } from '../domain/sideBySide.js';

/** Temporal's number for asking about a run's last event alone. */
const CLOSE_EVENT = 2;

/** How many runs are read at once. */
const AT_ONCE = 8;

/** The most runs of a target that are read; where there are more, no version counts as forgotten. */
const MAX_RUNS = 1000;

/**
 * Makes what tells which versions of a function the ended runs of a target name: those are what a
 * rollback of one of them, or to one of them, would give back. Of each run only its last event is read,
 * which has its outcome. A run that was terminated has none, and nothing is given back of it.
 */
export function createPastRuns(client: Client): ReadPastRuns {
  return async ({ application, target, function: name }): Promise<PastRuns> => {
    const rememberedMs = await retentionOf(client);
    const workflowId = targetWorkflowId(application, target);
    const runs = await endedRuns(client, workflowId);
    if (runs.length > MAX_RUNS) return { rememberedMs: Infinity, versions: [] };
    const named = await sideBySide(runs, AT_ONCE, async (runId) => {
      const outcome = await outcomeOf(client, { workflowId, runId });
      const found = outcome?.functions.find((one) => one.name === name);
      return [found?.version, found?.previousVersion].filter((one) => one !== undefined);
    });
    return { rememberedMs, versions: [...new Set(named.flat())] };
  };
}

/** A namespace whose retention Temporal does not tell forgets nothing. */
async function retentionOf({ workflowService, options }: Client): Promise<number> {
  const { config } = await workflowService.describeNamespace({ namespace: options.namespace });
  const seconds = config?.workflowExecutionRetentionTtl?.seconds;
  return seconds == null ? Infinity : Number(seconds) * 1000;
}

async function endedRuns(client: Client, workflowId: string): Promise<string[]> {
  const query = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Completed'`;
  const runs: string[] = [];
  for await (const { runId } of client.workflow.list({ query, pageSize: 200 })) {
    runs.push(runId);
    if (runs.length > MAX_RUNS) break;
  }
  return runs;
}

async function outcomeOf(
  { workflowService, options }: Client,
  execution: { workflowId: string; runId: string },
): Promise<TargetOutcome | undefined> {
  const { history } = await workflowService.getWorkflowExecutionHistory({
    namespace: options.namespace,
    execution,
    historyEventFilterType: CLOSE_EVENT,
    skipArchival: true,
  });
  const completed = history?.events?.at(-1)?.workflowExecutionCompletedEventAttributes;
  const payload = completed?.result?.payloads?.[0];
  if (payload == null) return undefined;
  return defaultPayloadConverter.fromPayload<TargetOutcome>(payload);
}
