import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { OpenGate } from '../../domain/gates.js';
import { GATES_SIGNAL } from '../../domain/names.js';
import type { TargetInput } from '../../domain/target.js';
import { endOfActivation } from '../temporal/activation.js';

/**
 * Tells the deployment which gates its target has open, so that an answer to the deployment needs
 * no name. One message is under way at a time, and it says what is true at the end of the moment in
 * which it is sent: each costs events in both histories.
 */
export class Announcer {
  #told = JSON.stringify([]);
  #telling = false;

  constructor(
    private readonly input: Pick<TargetInput, 'target' | 'announcesGates'>,
    private readonly openGates: () => OpenGate[],
  ) {}

  /** Something about the gates may have changed. */
  changed(): void {
    if (!this.input.announcesGates || this.#telling || !this.#isNews(this.openGates())) return;
    // Also while everything is being taken back, because somebody cancelled.
    void CancellationScope.nonCancellable(() => this.#tell());
  }

  async #tell(): Promise<void> {
    this.#telling = true;
    await endOfActivation();
    for (let gates = this.openGates(); this.#isNews(gates); gates = this.openGates()) {
      this.#told = JSON.stringify(gates);
      await send({ target: this.input.target, gates });
    }
    this.#telling = false;
  }

  #isNews(gates: OpenGate[]): boolean {
    return JSON.stringify(gates) !== this.#told;
  }
}

/** A deployment that has ended, because somebody terminated it, needs to know nothing more. */
async function send(message: { target: string; gates: OpenGate[] }): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) return;
  const deployment = getExternalWorkflowHandle(parent.workflowId, parent.runId);
  await deployment.signal(GATES_SIGNAL, message).catch(() => undefined);
}
