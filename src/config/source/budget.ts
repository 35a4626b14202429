import { depthFault, MAX_DEPTH } from './depth.js';
import { textFault, type TextFault, type TextRange } from './faults.js';

/**
 * The most values, and the most characters in them, that a file may have with its aliases written
 * out: more than fit into a plan.
 */
const MAX_VALUES = 150_000;
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** How much of a document may be read, because aliases of aliases grow without end. */
export class Budget {
  #values = 0;
  #characters = 0;
  #depth = 0;

  /**
   * @param length - of a value that is text, in characters
   * @returns why the value may not be read, when it may not
   */
  enter(range: TextRange, length: number): TextFault | undefined {
    if (this.#depth === MAX_DEPTH) return depthFault(range);
    if (this.#values === MAX_VALUES) return tooMuch(range, `${MAX_VALUES} values`);
    this.#characters += length;
    if (this.#characters > MAX_CHARACTERS) return tooMuch(range, `${MAX_CHARACTERS} characters`);
    this.#values++;
    this.#depth++;
    return undefined;
  }

  leave(): void {
    this.#depth--;
  }
}

function tooMuch(range: TextRange, what: string): TextFault {
  return textFault(
    'too-many-aliases',
    range,
    `With its aliases written out the file has more than ${what}.`,
    'Use fewer aliases of aliases.',
  );
}
