/**
 * Tells the person at the keyboard one thing. Standard output belongs to the command that is being
 * prepared.
 *
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Something that the person can mend. Its message says how. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}
