import { CancellationScope, setCurrentDetails } from '@temporalio/workflow';
import { endOfActivation } from './activation.js';

/** In characters, each of up to three bytes: a workflow's details may have 20,000. */
const MAX_LENGTH = 6500;

/** What a person sees of a workflow in the Temporal UI, drawn once in a moment. */
export class CurrentDetails {
  #isDue = false;

  constructor(private readonly draw: () => string) {}

  /** Something about them may have changed. */
  changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    void CancellationScope.nonCancellable(() => this.#show());
  }

  async #show(): Promise<void> {
    await endOfActivation();
    this.#isDue = false;
    setCurrentDetails(this.draw().slice(0, MAX_LENGTH));
  }
}
