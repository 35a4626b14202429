import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMissing } from '../../dev/setup/ensure.js';
import { local, root } from '../../dev/setup/paths.js';
import { install, makeVirtualEnvironment } from '../../dev/setup/pythonTools.js';
import { makeWhole } from '../../dev/setup/wholeFolder.js';

const requirements = join(root, 'examples/python/requirements.txt');
const folder = join(local, 'python-example');
const record = 'requirements.txt';

/** A Python that has what the example in Python needs. */
export const examplePython = join(folder, 'bin/python');

/** Installs what the example in Python needs, checked by its hashes, unless it is there. */
export const ensurePythonExample = (): Promise<void> => makeMissing([{ isCurrent, make }]);

function isCurrent(): boolean {
  try {
    return readFileSync(join(folder, record), 'utf8') === readFileSync(requirements, 'utf8');
  } catch {
    return false; // It was never installed.
  }
}

function make(): Promise<void> {
  return makeWhole(folder, async (made) => {
    await makeVirtualEnvironment(made);
    await install(requirements, made);
    await copyFile(requirements, join(made, record));
  });
}
