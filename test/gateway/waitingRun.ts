import { Client, Connection, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { CallbackMessage } from '../../src/domain/callbacks.js';
import type { Decision } from '../../src/domain/gates.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
import { someClaims } from '../callbacks/support.js';

/** Temporal's numbers for a command and for events. */
const COMPLETE_WORKFLOW = 4;
const SIGNALED = 26;

/** A client of the Temporal server that the tests share. */
export async function connectToShared(): Promise<Client> {
  const connection = await Connection.connect({ address: shared.temporalAddress });
  return new Client({ connection, namespace: shared.namespace });
}

/** A target's run that no worker works at: what a worker would answer is sent by the test. */
export class WaitingRun {
  private constructor(
    private readonly client: Client,
    readonly handle: WorkflowHandleWithFirstExecutionRunId,
  ) {}

  static async start(client: Client): Promise<WaitingRun> {
    const workflowId = uniqueName('sluice:shop');
    const options = { workflowId, taskQueue: workflowId };
    return new WaitingRun(client, await client.workflow.start('sluiceTarget', options));
  }

  claims(gate = 'prod/before/1'): ReturnType<typeof someClaims> {
    const { workflowId, firstExecutionRunId: runId } = this.handle;
    return someClaims({ namespace: this.client.options.namespace, workflowId, runId, gate });
  }

  /** What its history says of callbacks. */
  async callbacks(): Promise<CallbackMessage[]> {
    const { events } = await this.handle.fetchHistory();
    return (events ?? [])
      .filter(({ eventType }) => Number(eventType) === SIGNALED)
      .map(({ workflowExecutionSignaledEventAttributes: signaled }) =>
        defaultPayloadConverter.fromPayload(signaled!.input!.payloads![0]!),
      );
  }

  /** Ends with an outcome that has these decisions. */
  async end(...decisions: Partial<Decision>[]): Promise<void> {
    const { namespace } = this.client.options;
    const taskQueue = { name: this.handle.workflowId };
    const { taskToken } = await this.client.withDeadline(Date.now() + 10_000, () =>
      this.client.workflowService.pollWorkflowTaskQueue({ namespace, taskQueue }),
    );
    const result = { payloads: [defaultPayloadConverter.toPayload({ decisions })] };
    await this.client.workflowService.respondWorkflowTaskCompleted({
      namespace,
      taskToken,
      commands: [
        {
          commandType: COMPLETE_WORKFLOW,
          completeWorkflowExecutionCommandAttributes: { result },
        },
      ],
    });
  }
}
