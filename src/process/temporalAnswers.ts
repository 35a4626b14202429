import { setTimeout as sleep } from 'node:timers/promises';

/** How long an answer from Temporal counts, in milliseconds. */
const RECENT_MS = 5000;

/** How long Temporal may take to answer, in milliseconds. */
const PATIENCE_MS = 2000;

/** Whether Temporal answers. However many want to know, it is asked once. */
export class TemporalAnswers {
  #lastAnswer = -Infinity;
  #asking: Promise<boolean> | undefined;

  /** @param ask - a cheap question, which is rejected when there is no good answer */
  constructor(private readonly ask: () => Promise<unknown>) {}

  async recently(): Promise<boolean> {
    if (performance.now() - this.#lastAnswer < RECENT_MS) return true;
    this.#asking ??= this.#inTime().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** A connection may repeat a failed request by itself for longer than anyone wants to wait. */
  async #inTime(): Promise<boolean> {
    const answered = this.ask().then(
      () => true,
      () => false,
    );
    const inTime = await Promise.race([answered, sleep(PATIENCE_MS, false, { ref: false })]);
    if (inTime) this.#lastAnswer = performance.now();
    return inTime;
  }
}
