import type { Client } from '@temporalio/client';

/** How long an answer from Temporal counts, in milliseconds. */
const RECENT_MS = 5000;

/** How long Temporal may take to answer, in milliseconds. */
const PATIENCE_MS = 2000;

/** Whether callbacks can be delivered. However many ask at once, Temporal is asked once. */
export class GatewayHealth {
  #lastAnswer = -Infinity;
  #asking: Promise<boolean> | undefined;
  #stopping = false;

  constructor(private readonly client: Client) {}

  /** From now on no new callers are to come. */
  stopping(): void {
    this.#stopping = true;
  }

  async ready(): Promise<boolean> {
    if (this.#stopping) return false;
    if (performance.now() - this.#lastAnswer < RECENT_MS) return true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    const { client } = this;
    const { namespace } = client.options;
    try {
      await client.withDeadline(Date.now() + PATIENCE_MS, () =>
        client.workflowService.describeNamespace({ namespace }),
      );
      this.#lastAnswer = performance.now();
      return true;
    } catch {
      return false;
    }
  }
}
