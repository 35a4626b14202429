import { depthFault, MAX_DEPTH } from './depth.js';
import { textFault, type TextFault, type TextRange } from './faults.js';

/** The most values a file may have with its aliases written out: more than fit into a plan. */
const MAX_VALUES = 150_000;

/** How much of a document may be read, because aliases of aliases grow without end. */
export class Budget {
  #values = 0;
  #depth = 0;

  /** @returns why the value may not be read, when it may not */
  enter(range: TextRange): TextFault | undefined {
    if (this.#depth === MAX_DEPTH) return depthFault(range);
    if (this.#values === MAX_VALUES) return tooManyValues(range);
    this.#values++;
    this.#depth++;
    return undefined;
  }

  leave(): void {
    this.#depth--;
  }
}

function tooManyValues(range: TextRange): TextFault {
  return textFault(
    'too-many-aliases',
    range,
    `With its aliases written out the file has more than ${MAX_VALUES} values.`,
    'Use fewer aliases of aliases.',
  );
}
