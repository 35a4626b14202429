import { MAX_PLAN_BYTES } from '../../domain/plan.js';
import type { Finding } from '../findings.js';
import type { ProblemKind } from '../problemKind.js';

/** How often patterns are held against names of targets: every one of 2,000 with 1,000 patterns. */
const MAX_MATCHES = 2_000_000;

/**
 * The most characters that entries have once they are written out for each target, all together.
 * What they mean may have fewer, so that nothing that could be deployed is refused.
 */
const MAX_CHARACTERS = 8 * MAX_PLAN_BYTES;

export const SPREAD_TOO_LARGE: ProblemKind = {
  code: 'spread-too-large',
  reason: `Entries for many targets are written out for each of them. A small file can mean very much in this way, so what becomes of it has at most ${MAX_CHARACTERS / 1024 / 1024} million characters, and patterns are compared with names of targets at most ${MAX_MATCHES / 1_000_000} million times.`,
  wrong: `providerOptions:
  lambda:
    - {targets: ['*'], name: orders, environment: {…}}
    # … a thousand such entries for 2,000 targets`,
  right: `providerOptions:
  lambda:
    - {targets: ['*'], name: orders, environment: {…}}
    - {target: production, name: orders, environment: {…}}`,
  abridged: true,
};

/** Thrown when a file would become more than is worth looking at. */
export class TooLarge extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooLarge';
  }

  get finding(): Finding {
    return {
      code: SPREAD_TOO_LARGE.code,
      severity: 'error',
      place: { path: [], part: 'value' },
      message: this.message,
      remedy: 'Split it into several deployments, or let fewer entries be for many targets.',
    };
  }
}

/** Keeps the work on a file within bounds that do not grow with what it says. */
export class Budget {
  #matches = 0;
  #characters = 0;
  readonly #sizes = new WeakMap<object, number>();

  /** @throws TooLarge */
  spendMatches(count: number): void {
    this.#matches += count;
    if (this.#matches > MAX_MATCHES)
      throw new TooLarge('The file has too many patterns for so many targets.');
  }

  /**
   * An entry, each time that it is written out: then it has one target.
   *
   * @throws TooLarge
   */
  spend(entry: object): void {
    const size = this.#sizes.get(entry) ?? JSON.stringify({ ...entry, targets: [] }).length;
    this.#sizes.set(entry, size);
    this.#spend(size);
  }

  /**
   * A text that was filled in: it may be far longer than what is written.
   *
   * @throws TooLarge
   */
  spendText(text: string): void {
    this.#spend(text.length);
  }

  #spend(characters: number): void {
    this.#characters += characters;
    if (this.#characters > MAX_CHARACTERS)
      throw new TooLarge('Written out for each of its targets, the file says too much.');
  }
}
