import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from './paths.js';
import { makeWhole } from './wholeFolder.js';

/**
 * A step that makes a folder from src/, again whenever that or the way it is made has changed.
 *
 * @param {string} folder
 * @param {(made: string) => Promise<void>} fill as for {@link makeWhole}
 * @returns {import('./ensure.js').Step}
 */
export function madeFromSrc(folder, fill) {
  const record = '.inputs';
  return {
    isCurrent() {
      try {
        return readFileSync(join(folder, record), 'utf8') === hashOfInputs();
      } catch {
        return false; // It was never made.
      }
    },
    make: () =>
      makeWhole(folder, async (made) => {
        const hash = hashOfInputs(); // First, so that what is edited meanwhile is noticed.
        await fill(made);
        await writeFile(join(made, record), hash);
      }),
  };
}

/** Changes whenever the names or the contents of the files do. */
function hashOfInputs() {
  const configuration = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  const hash = createHash('sha256');
  for (const path of [...configuration, ...filesIn('dev/setup'), ...filesIn('src')]) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesIn(folder) {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
}
