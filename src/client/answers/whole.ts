import { WorkflowNotFoundError } from '@temporalio/client';
import type { Link } from '../link.js';
import { ask } from '../requests.js';
import {
  ANSWER_TIMEOUT_MS,
  type Answered,
  answered,
  type AnsweredRun,
  type Answerer,
  hasEnded,
  runToAnswer,
} from './answer.js';
import { assertPolled, sendUpdate } from './update.js';

/** What is to go back. */
export interface RollbackOptions extends Omit<Answerer, 'role'>, AnsweredRun {
  /**
   * Only this target.
   *
   * @default every target that has not ended
   */
  target?: string;
}

/** @throws SluiceError `notAccepted`, `unanswered` or `notFound` */
export async function rollBack(
  link: Link,
  application: string,
  { runId, timeoutMs = ANSWER_TIMEOUT_MS, ...message }: RollbackOptions,
): Promise<Answered> {
  const run = await runToAnswer(link, application, runId);
  await assertPolled(link);
  const ended = hasEnded(run).message;
  const all = await sendUpdate(link, run, { verb: 'rollback', message, timeoutMs, ended });
  const { target } = message;
  const done = target === undefined ? all : `${target} is rolled back.`;
  return answered(run, { verb: 'rollback', gates: [], done });
}

/**
 * Asks Temporal to cancel: no worker is needed for that.
 *
 * @throws SluiceError `notAccepted` or `notFound`
 */
export async function cancel(
  link: Link,
  application: string,
  runId: string | undefined,
): Promise<Answered> {
  const run = await runToAnswer(link, application, runId);
  const handle = link.client.workflow.getHandle(run.workflowId, run.runId);
  await ask(link, () => handle.cancel()).catch((error: unknown) => {
    throw error instanceof WorkflowNotFoundError ? hasEnded(run) : error;
  });
  const done = 'The deployment is cancelled: what has begun is taken back.';
  return answered(run, { verb: 'cancel', gates: [], done });
}
