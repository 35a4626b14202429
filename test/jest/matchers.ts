import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    /** The file, named from where the test is, has just this text. `jest -u` writes it. */
    toMatchFileSnapshot(file: string): R;
  }
}

/** Whether `-u` was given, and otherwise whether what is missing may be written, which `--ci` forbids. */
type Update = 'all' | 'new' | 'none';

expect.extend({
  toMatchFileSnapshot(found: string, name: string) {
    const { snapshotState } = this as unknown as { snapshotState: { _updateSnapshot: Update } };
    const file = join(dirname(this.testPath ?? ''), name);
    const update = snapshotState._updateSnapshot;
    if (update === 'all' || (update === 'new' && !existsSync(file))) writeFileSync(file, found);
    const wanted = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const message = () =>
      `${file}\n${this.utils.printDiffOrStringify(wanted, found, 'file', 'found', true)}`;
    return { pass: found === wanted, message };
  },
});
