import { condition } from '@temporalio/workflow';

/** What one workflow task may bring about: measured, a thousand children at once end the parent. */
const MAX_STARTS = 50;
const MAX_BYTES = 512 * 1024;

/** Lets children or activities start in batches: the next when those before have come as far. */
export class Slots {
  #starts = 0;
  #bytes = 0;

  /**
   * @param bytes - the size of what is sent
   * @param start - resolves when the next may start
   */
  async during<Result>(bytes: number, start: () => Promise<Result>): Promise<Result> {
    while (!this.#fits(bytes)) await condition(() => this.#fits(bytes));
    this.#starts += 1;
    this.#bytes += bytes;
    try {
      return await start();
    } finally {
      this.#starts -= 1;
      this.#bytes -= bytes;
    }
  }

  #fits(bytes: number): boolean {
    return this.#starts === 0 || (this.#starts < MAX_STARTS && this.#bytes + bytes <= MAX_BYTES);
  }
}
