import { createHash } from 'node:crypto';
import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Link } from '../client/link.js';
import { ask } from '../client/requests.js';
import { CALLBACK_SIGNAL, type CallbackClaims, type CallbackMessage } from '../domain/callbacks.js';
import type { Decision } from '../domain/gates.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import { isNotFound } from './grpc.js';

/** What became of a callback: it counts, or one like it did, or the run ended without one. */
export type Delivered = 'accepted' | 'ended';

/**
 * @throws SluiceError when Temporal does not answer, or what Temporal's SDK throws. Then the callback
 *   may be sent again: it counts once.
 */
export type Deliver = (claims: CallbackClaims, message: CallbackMessage) => Promise<Delivered>;

/** How long Temporal may take for the signal, and for the outcome of a run, in milliseconds. */
const SIGNAL_PATIENCE_MS = 4000;
const OUTCOME_PATIENCE_MS = 3000;

/** Makes what brings callbacks to the targets that wait for them. No worker has to run for it. */
export function createDelivery(link: Link): Deliver {
  return async (claims, message) => {
    try {
      await ask(link, () => signal(link, claims, message), SIGNAL_PATIENCE_MS);
      return 'accepted';
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return (await wasAnswered(link, claims)) ? 'accepted' : 'ended';
  };
}

/** With the same request id every time, so that Temporal itself lets only the first one through. */
async function signal({ client }: Link, claims: CallbackClaims, message: CallbackMessage) {
  const { namespace, workflowId, runId, gate } = claims;
  await client.workflowService.signalWorkflowExecution({
    namespace,
    workflowExecution: { workflowId, runId },
    signalName: CALLBACK_SIGNAL,
    input: { payloads: [defaultPayloadConverter.toPayload(message)] },
    identity: client.options.identity,
    requestId: createHash('sha256').update(`${runId}\n${gate}`).digest('base64url'),
  });
}

/** Whether the run, which has ended or is gone, had its answer at this gate. */
async function wasAnswered(link: Link, { workflowId, runId, gate }: CallbackClaims) {
  const decisions = await ask(
    link,
    () => decisionsOf(link, { workflowId, runId }),
    OUTCOME_PATIENCE_MS,
  );
  return decisions.some(
    (one) => one.gate === gate && (one.decision === 'succeeded' || one.decision === 'failed'),
  );
}

async function decisionsOf(
  { client }: Link,
  { workflowId, runId }: Pick<CallbackClaims, 'workflowId' | 'runId'>,
): Promise<Decision[]> {
  try {
    const run = client.workflow.getHandle(workflowId, runId, { followRuns: false });
    const outcome = (await run.result()) as Partial<TargetOutcome> | undefined;
    return outcome?.decisions ?? [];
  } catch (error) {
    const hasNone = error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError;
    if (hasNone) return [];
    throw error;
  }
}
