import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { LatestRun } from '../domain/queue.js';

/** Makes what tells about the newest run of a deployment's workflow id. */
export function createLatestRun(client: Client) {
  return async (workflowId: string): Promise<LatestRun | undefined> => {
    try {
      const { runId, status, startTime, memo } = await client.workflow
        .getHandle(workflowId)
        .describe();
      return {
        runId,
        isOpen: status.name === 'RUNNING' || status.name === 'PAUSED',
        startedAt: startTime.toISOString(),
        ...texts({ deploymentId: memo?.['deploymentId'], startedBy: memo?.['startedBy'] }),
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  };
}

/** A memo holds whatever was sent with the start. */
function texts<Name extends string>(given: Record<Name, unknown>): Partial<Record<Name, string>> {
  const entries = Object.entries(given).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(entries) as Partial<Record<Name, string>>;
}
