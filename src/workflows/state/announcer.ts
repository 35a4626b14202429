import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { OpenGate } from '../../domain/gates.js';
import { GATES_SIGNAL } from '../../domain/names.js';
import type { TargetInput } from '../../domain/target.js';
import { endOfActivation } from '../temporal/activation.js';

/** What a deployment is told of a target. */
export interface Announcement {
  gates: OpenGate[];
  /** Absent while it goes forward. */
  goesBack?: true;
}

/**
 * Tells the deployment which gates its target has open, so that an answer to the deployment needs
 * no name, and that the target goes back, so that whoever looks at the deployment sees it. One message is under way at a time, and it says what is true at the end of the moment in
 * which it is sent: each costs events in both histories.
 */
export class Announcer {
  #told = JSON.stringify({ gates: [] } satisfies Announcement);
  #telling = false;

  constructor(
    private readonly input: Pick<TargetInput, 'target' | 'announcesGates'>,
    private readonly present: () => Announcement,
  ) {}

  /** Something of what it tells may have changed. */
  changed(): void {
    if (!this.input.announcesGates || this.#telling || !this.#isNews(this.present())) return;
    // Also while everything is being taken back, because somebody cancelled.
    void CancellationScope.nonCancellable(() => this.#tell());
  }

  async #tell(): Promise<void> {
    this.#telling = true;
    await endOfActivation();
    for (let news = this.present(); this.#isNews(news); news = this.present()) {
      this.#told = JSON.stringify(news);
      await send({ target: this.input.target, ...news });
    }
    this.#telling = false;
  }

  #isNews(news: Announcement): boolean {
    return JSON.stringify(news) !== this.#told;
  }
}

/** A deployment that has ended, because somebody terminated it, needs to know nothing more. */
async function send(message: Announcement & { target: string }): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) return;
  const deployment = getExternalWorkflowHandle(parent.workflowId, parent.runId);
  await deployment.signal(GATES_SIGNAL, message).catch(() => undefined);
}
