import { condition } from '@temporalio/workflow';

/** What one workflow task may start: measured, a thousand children at once end the parent. */
const MAX_STARTS = 50;
const MAX_BYTES = 512 * 1024;

/** Lets children start in batches: the next when the server has acknowledged the starts before. */
export class StartSlots {
  #starts = 0;
  #bytes = 0;

  /** @param bytes - the size of the child's input */
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
