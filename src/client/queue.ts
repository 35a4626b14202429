import { WithStartWorkflowOperation } from '@temporalio/client';
import { summaryText } from '../domain/markdownText.js';
import type { Origin } from '../domain/metadata.js';
import {
  DEQUEUE_UPDATE,
  ENQUEUE_UPDATE,
  QUEUE_WORKFLOW,
  queueWorkflowId,
  TASK_QUEUE,
} from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import type { EnqueueAnswer } from '../domain/queue.js';
import { SluiceError } from '../errors.js';
import { type Answered, notAccepted } from './answers/answer.js';
import { assertPolled, refusalOf, sendUpdate } from './answers/update.js';
import type { Link } from './link.js';
import { lookAtQueue, readQueue } from './queueFacts.js';
import { ask } from './requests.js';

/** How long a worker may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 20_000;

/**
 * Puts a plan into its application's queue. Asking again for a lost answer queues nothing twice.
 *
 * @throws SluiceError `unanswered` when no worker answers
 */
export async function enqueue(link: Link, plan: Plan, origin: Origin): Promise<EnqueueAnswer> {
  await assertPolled(link);
  const workflowId = queueWorkflowId(plan.application);
  const update = () =>
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
          staticSummary: summaryText(`what waits of ${plan.application}`),
        }),
      },
    );
  const send = async () => (await whatBecame(link, plan)) ?? update();
  try {
    return await ask(link, send, ANSWER_TIMEOUT_MS);
  } catch (error) {
    const ended = 'The queue ended in this moment: start the deployment again.';
    throw withId(plan, refusalOf(error, ended, ANSWER_TIMEOUT_MS));
  }
}

/** A queue that has ended does not know what it has answered: what has left it must not come back. */
async function whatBecame(
  link: Link,
  { application, deploymentId }: Plan,
): Promise<EnqueueAnswer | undefined> {
  const queue = await lookAtQueue(link, application);
  const released = queue?.released.find((one) => one.deploymentId === deploymentId);
  if (released !== undefined) return { state: 'started', ...released };
  const dropped = queue?.dropped.find((one) => one.deploymentId === deploymentId);
  return dropped && { deploymentId, state: 'dropped', dropped };
}

/** What was not answered may be queued all the same, and then has to be found. */
function withId({ deploymentId }: Plan, error: unknown): unknown {
  if (!(error instanceof SluiceError) || error.code !== 'unanswered') return error;
  return new SluiceError(error.code, `${error.message} It is deployment ${deploymentId}.`, {
    cause: error,
  });
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
 * @returns what was done; its workflow is the queue
 * @throws SluiceError `notAccepted` when it does not wait (any more), or `unanswered`
 */
export async function dequeue(
  link: Link,
  application: string,
  message: DequeueOptions,
): Promise<Answered> {
  await assertPolled(link);
  const workflowId = queueWorkflowId(application);
  const ended = `No deployment of "${application}" waits for its turn.`;
  const queue = await readQueue(link, application);
  if (queue?.isOpen !== true) throw notAccepted(ended);
  const update = { verb: DEQUEUE_UPDATE, message, timeoutMs: ANSWER_TIMEOUT_MS, ended } as const;
  // Without its run: a queue whose history has become long goes on in another.
  const done = await sendUpdate(link, { workflowId }, update);
  const { deploymentId } = message;
  return {
    application,
    deploymentId,
    workflowId,
    runId: queue.runId,
    verb: 'dequeue',
    gates: [],
    done,
  };
}
