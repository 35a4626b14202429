import { delimiter, join } from 'node:path';
import { ensure } from './ensure.js';
import { madeFromSrc } from './madeFromSrc.js';
import { say } from './messages.js';
import { nodePackages } from './nodePackages.js';
import { root } from './paths.js';
import { run } from './run.js';
import { venv } from './tools.js';

/** What src/ compiles to, and what is put into one file of it (bundle.js). */
export const build = madeFromSrc(join(root, 'dist'), async (made) => {
  say('Building dist from src.');
  const tsc = 'node_modules/typescript/bin/tsc';
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', made]);
  await run(process.execPath, ['dev/setup/bundle.js', made]);
});

/**
 * Makes what the `sluice` command needs in a checkout, and lets it find the programs that the
 * set-up has installed, after the person's own.
 */
export async function ensureBuilt() {
  await ensure([nodePackages, build]);
  process.env.PATH = [process.env.PATH, join(venv, 'bin')].filter(Boolean).join(delimiter);
}
