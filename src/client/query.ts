import type { Client } from '@temporalio/client';
import { STATUS_QUERY } from '../domain/names.js';

/** How long workflows may take to answer, in milliseconds. A missing worker answers never. */
export const QUERY_TIMEOUT_MS = 2000;

export interface WorkflowRun {
  workflowId: string;
  runId?: string;
}

/** A query that fails is no news: whoever asked shows what is known without it. */
export async function queryStatus<Answer>(
  client: Client,
  { workflowId, runId }: WorkflowRun,
  deadline: number,
  ...input: unknown[]
): Promise<Answer | undefined> {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    return await client.withDeadline(deadline, () =>
      handle.query<Answer, unknown[]>(STATUS_QUERY, ...input),
    );
  } catch {
    return undefined;
  }
}
