import type { Payload } from '@temporalio/common';
import type { WorkflowClient } from '@temporalio/client';

/** Sends a signal with payloads as they stand, which the client would not let through. */
export async function sendRaw(
  client: WorkflowClient,
  workflowId: string,
  signalName: string,
  payloads: Payload[],
): Promise<void> {
  await client.workflowService.signalWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    signalName,
    input: { payloads },
    identity: 'somebody',
  });
}
