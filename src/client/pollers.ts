import type { Client } from '@temporalio/client';
import { TASK_QUEUE } from '../domain/names.js';

/**
 * Temporal lists whoever polled in the last five minutes. A poll lasts one, so whoever has not
 * begun one for this long, in milliseconds, has gone.
 */
const GONE_AFTER_MS = 75_000;

/** Temporal's numbers for the two halves of a task queue, and for a worker that takes tasks. */
const WORKFLOW_TASKS = 1;
const ACTIVITY_TASKS = 2;
const RUNNING = 1;

/** Whether a worker polls for workflows and one for activities. */
export async function workersPolling(client: Client): Promise<boolean> {
  const [stopped, ...halves] = await Promise.all([
    stoppedWorkers(client),
    recentPollers(client, WORKFLOW_TASKS),
    recentPollers(client, ACTIVITY_TASKS),
  ]);
  return halves.every((identities) => identities.some((identity) => !stopped.has(identity)));
}

async function recentPollers(
  client: Client,
  taskQueueType: typeof WORKFLOW_TASKS | typeof ACTIVITY_TASKS,
): Promise<string[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType,
  });
  const oldest = Date.now() - GONE_AFTER_MS;
  return (pollers ?? [])
    .filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= oldest)
    .map(({ identity }) => identity ?? '');
}

/**
 * The identities of workers that have said that they stop: without it, one that stopped a moment
 * ago would still count. Older servers do not keep this.
 */
async function stoppedWorkers(client: Client): Promise<Set<string>> {
  const { namespace } = client.options;
  const query = `TaskQueue="${TASK_QUEUE}"`;
  const { workersInfo } = await client.workflowService
    .listWorkers({ namespace, query })
    .catch(() => ({ workersInfo: [] }));
  const stopped = (workersInfo ?? [])
    .flatMap(({ workerHeartbeat }) => workerHeartbeat ?? [])
    .filter(({ status }) => (status ?? RUNNING) > RUNNING);
  return new Set(stopped.map(({ workerIdentity }) => workerIdentity ?? ''));
}
