import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, hashOf } from './inputs.js';
import { root } from './paths.js';
import { run } from './run.js';
import { say } from './say.js';
import { makeWhole } from './staging.js';

const folder = join(root, 'dist');

/** Everything outside src/ that decides what the build makes. */
const inputs = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'dev/setup/bundle.js',
  'dev/setup/bundleConfig.js',
  'dev/setup/intoOneFile.js',
];

/**
 * What src/ compiles to, with the workflows in one file, as a worker loads them, and the reading of
 * deployment files in one file, so that it is loaded quickly.
 */
export const build = { isCurrent, make };

function isCurrent() {
  try {
    return readFileSync(join(folder, '.inputs'), 'utf8') === hashOfInputs();
  } catch {
    return false; // It was never built.
  }
}

/** @param {AbortSignal} signal */
async function make(signal) {
  say('Building dist from src.');
  const hash = hashOfInputs();
  await makeWhole(folder, async (stage) => {
    const built = join(stage, 'dist');
    const bundle = join(built, 'workflow-bundle.js');
    await node(
      ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', built],
      signal,
    );
    await node(['dev/setup/bundleConfig.js', built], signal);
    await node(['dev/setup/bundle.js', bundle], signal);
    writeFileSync(join(built, '.inputs'), hash);
  });
}

/**
 * @param {string[]} args
 * @param {AbortSignal} signal
 */
function node(args, signal) {
  return run(process.execPath, args, { cwd: root, signal });
}

function hashOfInputs() {
  return hashOf([...inputs, ...filesIn('src')]);
}
