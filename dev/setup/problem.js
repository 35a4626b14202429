/** Something that the person at the keyboard can mend. Its message says how. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}
