import imported from '@jest/test-sequencer';

/** @typedef {import('@jest/test-sequencer').default} Sequencer */

// Its types are those of CommonJS, where the class is a member; to a module it is the default itself.
const TestSequencer = /** @type {typeof import('@jest/test-sequencer').default} */ (
  /** @type {unknown} */ (imported)
);

/**
 * jest begins with the files that took longest the last time, and where it does not know that, with the
 * largest ones. Those of properties are short to read and long to run: begun last, one of them would
 * run on alone.
 */
export default class extends TestSequencer {
  /**
   * @param {Parameters<Sequencer['sort']>[0]} tests
   * @override
   */
  async sort(tests) {
    const inOrder = await super.sort(tests);
    /** @param {(typeof inOrder)[number]} test */
    const isLong = ({ path, duration }) =>
      duration === undefined && path.endsWith('.properties.test.ts');
    return [...inOrder.filter(isLong), ...inOrder.filter((test) => !isLong(test))];
  }
}
