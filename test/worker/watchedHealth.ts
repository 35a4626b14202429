import { existsSync, readFileSync } from 'node:fs';

/** In milliseconds: how Linux counts the time of threads. */
const TICK_MS = 10;

/**
 * Asks a process for its health again and again, as what keeps processes alive does. It counts how
 * long the thread that answers has worked between two answers: other than the time on the clock,
 * that does not depend on what else the machine does. Where the system is not Linux it counts none.
 */
export class WatchedHealth {
  /** The longest of them, in milliseconds. */
  longestMs = 0;
  readonly #stopped = new AbortController();
  readonly #asking: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly pid: number,
  ) {
    this.#asking = this.#ask();
  }

  /** Once it was answered for the last time. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    let before = workedMs(this.pid);
    while (!this.#stopped.signal.aborted) {
      await fetch(this.url);
      const now = workedMs(this.pid);
      this.longestMs = Math.max(this.longestMs, now - before);
      before = now;
    }
  }
}

/** How long the first thread of a process has worked. */
function workedMs(pid: number): number {
  const file = `/proc/${pid}/task/${pid}/stat`;
  if (!existsSync(file)) return 0;
  const fields = readFileSync(file, 'utf8').replace(/^.*\) /, '');
  // Fields 14 and 15 of proc(5), utime and stime; the first after the name is the third.
  const [user = NaN, system = NaN] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * TICK_MS;
}
