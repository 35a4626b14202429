import { CancellationScope, setCurrentDetails } from '@temporalio/workflow';
import { detailsText, type Markdown } from '../../domain/markdownText.js';
import { endOfActivation } from './activation.js';

/** What a person sees of a workflow in the Temporal UI, drawn once in a moment. */
export class CurrentDetails {
  #isDue = false;

  constructor(private readonly draw: () => Markdown) {}

  /** Something about them may have changed. */
  changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    void CancellationScope.nonCancellable(() => this.#show());
  }

  async #show(): Promise<void> {
    await endOfActivation();
    this.#isDue = false;
    setCurrentDetails(detailsText(this.draw()));
  }
}
