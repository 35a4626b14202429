import { delimiter, join } from 'node:path';
import { build } from './build.js';
import { ensure } from './ensure.js';
import { nodePackages } from './nodePackages.js';
import { venv } from './tools.js';

/**
 * Makes what the `sluice` command needs in a checkout, and lets it find the programs that the
 * set-up has installed, after the person's own.
 */
export async function ensureBuilt() {
  await ensure([nodePackages, build]);
  process.env.PATH = [process.env.PATH, join(venv, 'bin')].filter(Boolean).join(delimiter);
}
