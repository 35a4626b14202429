import { CancellationScope, sleep } from '@temporalio/workflow';
import { summaryText } from '../../domain/markdownText.js';

/**
 * Counts the time in which a target works, and tells when there has been too much of it. It stands
 * still while everything that goes on at the target waits for a person, for time, or for another
 * system. Each stretch of work has a durable timer, so a time in which no worker runs counts.
 */
export class WorkClock {
  #leftMs: number;
  /** What goes on side by side, and how much of it waits. */
  #branches = 0;
  #waiting = 0;
  #stretch: { startedAt: number; scope: CancellationScope } | undefined;

  /**
   * @param limitMs - how much work there may be, in milliseconds
   * @param scope - of all the work: with it the clock ends
   */
  constructor(
    limitMs: number,
    private readonly scope: CancellationScope,
    private readonly expired: () => void,
  ) {
    this.#leftMs = limitMs;
  }

  /** In milliseconds. */
  get leftMs(): number {
    return Math.max(0, this.#leftMs - this.#elapsedMs);
  }

  /** Runs something that works, unless it says that it waits. */
  async branch(work: () => Promise<void>): Promise<void> {
    this.#change(() => (this.#branches += 1));
    try {
      await work();
    } finally {
      this.#change(() => (this.#branches -= 1));
    }
  }

  /** Counts the calling branch as waiting until the wait ends. Branches that it opens count for themselves. */
  async whileWaiting<Result>(wait: () => Promise<Result>): Promise<Result> {
    // The wait begins first, so that branches that it opens count before this one stands still: else
    // the timer would end and begin again.
    const waited = wait();
    this.#change(() => (this.#waiting += 1));
    try {
      return await waited;
    } finally {
      this.#change(() => (this.#waiting -= 1));
    }
  }

  #change(change: () => void): void {
    change();
    const works = this.#branches > this.#waiting;
    if (works && this.#stretch === undefined) this.#start();
    if (!works && this.#stretch !== undefined) this.#stop();
  }

  #start(): void {
    // Not in the scope of the branch that happens to start it, which may end before the work does.
    const scope = new CancellationScope({ cancellable: true, parent: this.scope });
    this.#stretch = { startedAt: Date.now(), scope };
    void scope
      .run(() =>
        sleep(this.#leftMs, { summary: summaryText('the time that is left for the work') }),
      )
      .then(
        () => this.expired(),
        () => undefined,
      );
  }

  #stop(): void {
    this.#leftMs = this.leftMs;
    this.#stretch?.scope.cancel();
    this.#stretch = undefined;
  }

  get #elapsedMs(): number {
    return this.#stretch === undefined ? 0 : Date.now() - this.#stretch.startedAt;
  }
}
