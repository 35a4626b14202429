import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { Origin } from '../domain/metadata.js';
import {
  DEQUEUE_UPDATE,
  ENQUEUE_UPDATE,
  QUEUE_WORKFLOW,
  queueWorkflowId,
  TASK_QUEUE,
} from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import type { Dropped, EnqueueAnswer, Queued, Released } from '../domain/queue.js';
import { assertPolled, refusalOf, sendUpdate } from './answers/update.js';
import type { Link } from './link.js';
import { ask, translate } from './requests.js';

/** How long a worker may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 20_000;

/** An application's queue, as Temporal shows it: no worker is needed for it. */
export interface QueueFacts {
  application: string;
  runId: string;
  isOpen: boolean;
  /** The one that waits. */
  waiting?: Queued;
  /** The last that left it to run. */
  released: Released[];
  /** The last that left it otherwise. */
  dropped: Dropped[];
}

/**
 * Puts a plan into its application's queue. Asking again for a lost answer queues nothing twice.
 *
 * @throws SluiceError `unanswered` when no worker answers
 */
export async function enqueue(link: Link, plan: Plan, origin: Origin): Promise<EnqueueAnswer> {
  await assertPolled(link);
  const workflowId = queueWorkflowId(plan.application);
  const send = () =>
    link.client.workflow.executeUpdateWithStart<() => Promise<void>, EnqueueAnswer, [object]>(
      ENQUEUE_UPDATE,
      {
        args: [{ plan, ...origin }],
        updateId: plan.deploymentId,
        startWorkflowOperation: new WithStartWorkflowOperation(QUEUE_WORKFLOW, {
          workflowId,
          taskQueue: TASK_QUEUE,
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [],
          staticSummary: `what waits of ${plan.application}`,
        }),
      },
    );
  try {
    return await ask(link, send, ANSWER_TIMEOUT_MS);
  } catch (error) {
    const ended = 'The queue ended in this moment: start the deployment again.';
    throw refusalOf(error, ended, ANSWER_TIMEOUT_MS);
  }
}

/** Which deployment is taken out of the queue, who asks for it, and why. */
export interface DequeueOptions {
  deploymentId: string;
  by?: string;
  /** Up to 300 characters. */
  comment?: string;
}

/**
 * Takes what waits out of an application's queue.
 *
 * @returns what was done, in a sentence
 * @throws SluiceError `notAccepted` when it does not wait (any more), or `unanswered`
 */
export async function dequeue(
  link: Link,
  application: string,
  message: DequeueOptions,
): Promise<string> {
  await assertPolled(link);
  return sendUpdate(
    link,
    { workflowId: queueWorkflowId(application) },
    {
      verb: DEQUEUE_UPDATE,
      message,
      timeoutMs: ANSWER_TIMEOUT_MS,
      ended: `No deployment of "${application}" waits.`,
    },
  );
}

/** @param runId - of the queue; by default the newest */
export async function readQueue(
  link: Link,
  application: string,
  runId?: string,
): Promise<QueueFacts | undefined> {
  const handle = link.client.workflow.getHandle(queueWorkflowId(application), runId);
  try {
    return factsOf(application, await ask(link, () => handle.describe()));
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

type Execution = Pick<WorkflowExecutionDescription, 'workflowId' | 'runId' | 'status' | 'memo'>;

/** Whoever can start workflows can write any memo. */
function factsOf(
  application: string | undefined,
  { workflowId, runId, status, memo = {} }: Execution,
): QueueFacts {
  const { waiting, released, dropped } = memo;
  return {
    application: application ?? workflowId.replace(/^sluice-queue:/, ''),
    runId,
    isOpen: status.name === 'RUNNING' || status.name === 'PAUSED',
    ...(isEntry(waiting) && { waiting: waiting as Queued }),
    released: Array.isArray(released) ? released.filter(isEntry).map((one) => one as Released) : [],
    dropped: Array.isArray(dropped) ? dropped.filter(isEntry).map((one) => one as Dropped) : [],
  };
}

function isEntry(value: unknown): boolean {
  const { deploymentId } = (value ?? {}) as Record<string, unknown>;
  return typeof deploymentId === 'string';
}
