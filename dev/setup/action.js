import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installClientPackages } from './clientPackages.js';
import { filesIn, hashOf } from './inputs.js';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { nodePackages } from './nodePackages.js';
import { local, root } from './paths.js';
import { say } from './say.js';
import { makeWhole } from './staging.js';

const folder = join(local, 'action');

const inputs = ['package-lock.json', 'dev/setup/action.js', 'dev/setup/intoOneFile.js'];

/**
 * The program of the GitHub Action, in one file. A job waits for it, so it is made in seconds: with
 * the client's packages alone, unless all are there already, and without the compiler.
 */
export const action = { isCurrent, make };

function isCurrent() {
  try {
    return readFileSync(join(folder, '.inputs'), 'utf8') === hashOfInputs();
  } catch {
    return false; // It was never made.
  }
}

/** @param {AbortSignal} signal */
async function make(signal) {
  const hash = hashOfInputs();
  await makeWhole(folder, async (stage) => {
    const packages = nodePackages.isCurrent()
      ? join(root, 'node_modules')
      : await installClientPackages(join(stage, 'packages'), signal);
    say('Making the program of the GitHub Action from src.');
    await bundle(packages, join(stage, 'action'));
    writeFileSync(join(stage, 'action', '.inputs'), hash);
  });
}

/**
 * @param {string} packages
 * @param {string} into
 */
async function bundle(packages, into) {
  const { build } = /** @type {typeof import('esbuild')} */ (
    createRequire(join(packages, 'esbuild/package.json'))('esbuild')
  );
  await build({
    ...INTO_ONE_FILE,
    entryPoints: [join(root, 'src/action/main.ts')],
    outfile: join(into, 'main.js'),
    nodePaths: [packages],
  });
}

function hashOfInputs() {
  return hashOf([...inputs, ...filesIn('src')]);
}
