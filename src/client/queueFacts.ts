import { WorkflowNotFoundError, type WorkflowExecutionDescription } from '@temporalio/client';
import { QUEUE_WORKFLOW, queueWorkflowId } from '../domain/names.js';
import { applicationOfQueue, type Queued } from '../domain/queue.js';
import type { Link } from './link.js';
import { type QueueMemo, readQueueMemo } from './queueMemo.js';
import { ask, translate } from './requests.js';

/** An application's queue, as Temporal shows it: no worker is needed for it. */
export interface QueueFacts extends QueueMemo {
  application: string;
  runId: string;
  isOpen: boolean;
}

/** @param runId - of the queue; by default the newest */
export async function readQueue(
  link: Link,
  application: string,
  runId?: string,
): Promise<QueueFacts | undefined> {
  return ask(link, () => lookAtQueue(link, application, runId));
}

/** The same in one question, for whoever asks again themselves. */
export async function lookAtQueue(
  { client }: Link,
  application: string,
  runId?: string,
): Promise<QueueFacts | undefined> {
  try {
    const handle = client.workflow.getHandle(queueWorkflowId(application), runId);
    return factsOf(application, await handle.describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** The one that waits for its turn, of an application. */
export async function readWaiting(link: Link, application: string): Promise<Queued | undefined> {
  const queue = await readQueue(link, application);
  return queue?.isOpen === true ? queue.waiting : undefined;
}

/** All that wait, each with its application. */
export async function* listWaiting(
  link: Link,
): AsyncGenerator<{ application: string; waiting: Queued }, void> {
  const query = `WorkflowType = '${QUEUE_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  try {
    for await (const execution of link.client.workflow.list({ query, pageSize: 200 })) {
      const { application, waiting } = factsOf(undefined, execution);
      if (waiting !== undefined) yield { application, waiting };
    }
  } catch (error) {
    throw translate(link.settings, error);
  }
}

type QueueExecution = Pick<
  WorkflowExecutionDescription,
  'workflowId' | 'runId' | 'status' | 'memo'
>;

function factsOf(
  application: string | undefined,
  { workflowId, runId, status, memo }: QueueExecution,
): QueueFacts {
  return {
    application: application ?? applicationOfQueue(workflowId) ?? workflowId,
    runId,
    isOpen: status.name === 'RUNNING' || status.name === 'PAUSED',
    ...readQueueMemo(memo),
  };
}
