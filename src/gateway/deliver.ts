import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { CALLBACK_SIGNAL, type CallbackClaims, type CallbackMessage } from '../domain/callbacks.js';
import type { TargetOutcome } from '../domain/outcomes.js';

/**
 * - `delivered`: the step has the answer, or had one before.
 * - `gone`: nothing waits for it any more.
 */
export type Delivery = 'delivered' | 'gone';

export type Deliver = (
  claims: CallbackClaims,
  answer: Omit<CallbackMessage, 'gate'>,
) => Promise<Delivery>;

/** How long Temporal may take, in milliseconds. */
const PATIENCE_MS = 5000;

/** The gRPC status of a run that has ended, or never was. */
const NOT_FOUND = 5;

/**
 * Makes what takes answers to the steps that wait. All callbacks of one step are one request to
 * Temporal, which takes the first and leaves out the others: a step hears one answer, and no number
 * of callbacks fills its history. It needs no worker.
 */
export function createDelivery(client: Client): Deliver {
  return async (claims, answer) => {
    const { namespace, workflowId, runId, gate } = claims;
    const message: CallbackMessage = { gate, ...answer };
    try {
      await client.withDeadline(Date.now() + PATIENCE_MS, () =>
        client.workflowService.signalWorkflowExecution({
          namespace,
          workflowExecution: { workflowId, runId },
          signalName: CALLBACK_SIGNAL,
          input: { payloads: [defaultPayloadConverter.toPayload(message)] },
          identity: 'sluice gateway',
          requestId: `callback ${runId} ${gate}`,
        }),
      );
      return 'delivered';
    } catch (error) {
      if (!isGrpcServiceError(error) || Number(error.code) !== NOT_FOUND) throw error;
    }
    return (await wasAnswered(client, claims)) ? 'delivered' : 'gone';
  };
}

/** Whoever repeats a callback, because its answer was lost, is told the same as before. */
async function wasAnswered(
  client: Client,
  { workflowId, runId, gate }: CallbackClaims,
): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId, runId, { followRuns: false });
  try {
    const outcome = await client.withDeadline(
      Date.now() + PATIENCE_MS,
      () => handle.result() as Promise<TargetOutcome>,
    );
    return outcome.decisions.some(
      (one) => one.gate === gate && (one.decision === 'succeeded' || one.decision === 'failed'),
    );
  } catch (error) {
    // A run that was terminated has no outcome, and one of long ago is not kept.
    const isOver = error instanceof WorkflowNotFoundError || !isGrpcServiceError(cause(error));
    if (isOver) return false;
    throw error;
  }
}

function cause(error: unknown): unknown {
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
}
