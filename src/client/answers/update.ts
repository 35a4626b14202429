import { randomUUID } from 'node:crypto';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { DEQUEUE_UPDATE } from '../../domain/names.js';
import type { Verb } from '../../domain/verbs.js';
import { messageOf, SluiceError } from '../../errors.js';
import type { Link } from '../link.js';
import { workersPolling } from '../pollers.js';
import type { WorkflowRun } from '../query.js';
import { ask } from '../requests.js';
import { notAccepted } from './answer.js';

export interface Update {
  verb: Verb | typeof DEQUEUE_UPDATE;
  message: object;
  timeoutMs: number;
  /** What to say when the workflow has ended, as a sentence. */
  ended: string;
}

/**
 * Sends an update to a run and waits for what comes of it. Asking again for a lost answer does
 * nothing twice: the update has an id.
 *
 * @returns what was done, in a sentence
 * @throws SluiceError `notAccepted` with the workflow's reason, or `unanswered`
 */
export async function sendUpdate(
  link: Link,
  { workflowId, runId }: WorkflowRun,
  { verb, message, timeoutMs, ended }: Update,
): Promise<string> {
  const handle = link.client.workflow.getHandle(workflowId, runId);
  const options = { args: [message] as [object], updateId: randomUUID() };
  const update = () => handle.executeUpdate<{ done: string }, [object]>(verb, options);
  try {
    return (await ask(link, update, timeoutMs)).done;
  } catch (error) {
    throw refusalOf(error, ended, timeoutMs);
  }
}

/** Without a worker an update would be waited for in vain, so it is not sent. */
export async function assertPolled(link: Link): Promise<void> {
  if (await ask(link, () => workersPolling(link.client))) return;
  throw new SluiceError(
    'unanswered',
    'No worker runs, so nobody could be asked, and nothing was sent. Start a worker with `sluice ' +
      'worker`, or send a signal with `temporal workflow signal`: Temporal keeps it for the worker.',
  );
}

/** What a failed update says, as an error of Sluice's. */
export function refusalOf(error: unknown, ended: string, timeoutMs: number): unknown {
  if (error instanceof WorkflowNotFoundError) return notAccepted(ended, error);
  if (error instanceof WorkflowUpdateFailedError) {
    return notAccepted(messageOf(error.cause ?? error), error);
  }
  const { cause } = error instanceof SluiceError ? error : {};
  if (!(cause instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) return error;
  return new SluiceError(
    'unanswered',
    `No worker has answered within ${timeoutMs / 1000} s: they are busy, or gone. The request may ` +
      'still be carried out: look at the deployment before you send it again.',
    { cause: error },
  );
}
