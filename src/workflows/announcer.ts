import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { OpenGate } from '../domain/gates.js';
import { GATES_SIGNAL } from '../domain/names.js';
import type { TargetInput } from '../domain/target.js';

/**
 * Tells the deployment which gates its target has open, so that an answer to the deployment needs
 * no name. One message is under way at a time, and the next says what is true then: each costs
 * events in both histories.
 */
export class Announcer {
  #told = JSON.stringify([]);
  #telling = false;

  constructor(
    private readonly input: Pick<TargetInput, 'target' | 'announcesGates'>,
    private readonly openGates: () => OpenGate[],
  ) {}

  /** Something about the gates may have changed. */
  notice(): void {
    if (this.input.announcesGates && !this.#telling) void this.#tell();
  }

  async #tell(): Promise<void> {
    this.#telling = true;
    for (let gates = this.openGates(); this.#isNews(gates); gates = this.openGates()) {
      await send({ target: this.input.target, gates });
    }
    this.#telling = false;
  }

  #isNews(gates: OpenGate[]): boolean {
    const text = JSON.stringify(gates);
    const isNews = text !== this.#told;
    this.#told = text;
    return isNews;
  }
}

/** A deployment that has ended, because somebody terminated it, needs to know nothing more. */
async function send(message: { target: string; gates: OpenGate[] }): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) return;
  const deployment = getExternalWorkflowHandle(parent.workflowId, parent.runId);
  // Also while everything is being taken back, because somebody cancelled.
  await CancellationScope.nonCancellable(() =>
    deployment.signal(GATES_SIGNAL, message).catch(() => undefined),
  );
}
