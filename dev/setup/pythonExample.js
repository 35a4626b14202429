import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whileLocked } from './lock.js';
import { local, root } from './paths.js';
import { explainPip } from './pythonTools.js';
import { checkPython } from './pythonVersion.js';
import { run } from './run.js';
import { say } from './say.js';
import { makeWhole } from './staging.js';

const requirements = join(root, 'examples/python/requirements.txt');
const folder = join(local, 'python-example');
const record = 'requirements.txt';

/** A Python that has what the example in Python needs. */
export const examplePython = join(folder, 'bin/python');

/**
 * Installs what the example in Python needs, checked by its hashes, unless it is there.
 *
 * @param {AbortSignal} signal
 */
export async function ensurePythonExample(signal) {
  if (isCurrent()) return;
  await whileLocked(signal, async () => {
    if (!isCurrent()) await make(signal);
  });
}

function isCurrent() {
  try {
    return readFileSync(join(folder, record), 'utf8') === readFileSync(requirements, 'utf8');
  } catch {
    return false; // It was never installed.
  }
}

/** @param {AbortSignal} signal */
async function make(signal) {
  await checkPython(signal);
  say("Installing Temporal's SDK for Python, for the example (pip).");
  await makeWhole(folder, async (stage) => {
    const made = join(stage, 'python-example');
    await run('python3', ['-m', 'venv', made], { cwd: stage, signal });
    const options = ['--require-hashes', '--no-input', '--disable-pip-version-check'];
    const pip = ['-m', 'pip', 'install', ...options, '-r', requirements];
    await run(join(made, 'bin/python'), pip, { cwd: made, signal }).catch(explainPip);
    await copyFile(requirements, join(made, record));
  });
}
