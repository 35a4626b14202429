import { durationText } from '../domain/durations.js';
import { sizeText } from '../domain/sizeText.js';

/** How long nothing may arrive of what is read until it is given up, in milliseconds. */
export const STALLED_AFTER_MS = 30_000;

/** When a transfer is given up; absent limits are none. */
export interface TransferLimits {
  /** Of the whole, in milliseconds. */
  timeoutMs?: number;
  /** Of the time in which nothing moves, in milliseconds. */
  stalledAfterMs?: number;
}

/** Bytes on their way, which are given up when they stand still, or when their time is up. */
export class Transfer {
  readonly #controller = new AbortController();
  readonly #startedAt = performance.now();
  readonly #limit: NodeJS.Timeout | undefined;
  #stall: NodeJS.Timeout | undefined;
  #moved = 0;
  #isTooSlow = false;
  #why: string | undefined;

  /** @param bytes - how many there are; undefined where that is not known */
  constructor(
    private readonly bytes: number | undefined,
    private readonly limits: TransferLimits,
  ) {
    const { timeoutMs } = limits;
    if (timeoutMs !== undefined) {
      this.#limit = setTimeout(() => {
        this.#isTooSlow = this.#moved < (bytes ?? Infinity);
        this.#giveUp(`${durationText(timeoutMs)} is the limit for that size`);
      }, timeoutMs);
    }
    this.#watch();
  }

  /** Ends what moves the bytes. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  moved(bytes: number): void {
    this.#moved += bytes;
    this.#watch();
  }

  /** To be called in any case when nothing moves any more. */
  end(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#stall);
  }

  /** Its time was up while bytes were still moving: the same again would end in the same way. */
  get isTooSlow(): boolean {
    return this.#isTooSlow;
  }

  /**
   * What became of it, as the end of a sentence: how much moved, how fast, and what the limit is.
   * Undefined when it was not given up.
   */
  get givenUp(): string | undefined {
    if (this.#why === undefined) return undefined;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const of = this.bytes === undefined ? '' : ` of ${sizeText(this.bytes)}`;
    const speed = `${sizeText(this.#moved / seconds)} a second`;
    return `${sizeText(this.#moved)}${of} in ${Math.round(seconds)} seconds (${speed}), and ${this.#why}`;
  }

  #watch(): void {
    const { stalledAfterMs } = this.limits;
    if (stalledAfterMs === undefined) return;
    clearTimeout(this.#stall);
    const why = `then nothing for ${durationText(stalledAfterMs)}`;
    this.#stall = setTimeout(() => this.#giveUp(why), stalledAfterMs);
  }

  #giveUp(why: string): void {
    this.#why ??= why;
    this.#controller.abort(new Error(why));
  }
}
