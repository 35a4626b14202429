import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { say } from './messages.js';
import { root } from './paths.js';
import { run } from './run.js';
import { makeWhole } from './wholeFolder.js';

/** Without a network npm tries for more than a minute, unless it is told to try faster. */
const NPM_CI = ['ci', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** @type {[RegExp, string][]} */
const meanings = [
  [
    /^spawn npm ENOENT/,
    'npm is not on the PATH. It comes with Node.js: install both, then try again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/,
    'npm cannot reach its package registry. Connect to the network ' +
      '(behind a proxy: `npm config set proxy <url>`), then run the command again.',
  ],
];

/** The packages in node_modules, as the lock file says. */
export const nodePackages = { isCurrent, make };

/**
 * Installs what the lock file in a folder says.
 *
 * @param {string} folder
 * @param {string[]} options more for npm
 */
export async function npmCi(folder, options = []) {
  await run('npm', [...NPM_CI, ...options], { cwd: folder, meanings });
}

async function make() {
  say('Installing the Node.js packages (npm ci).');
  await makeWhole(join(root, 'node_modules'), async (made) => {
    const stage = dirname(made);
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
      await copyFile(join(root, name), join(stage, name));
    }
    await npmCi(stage);
  });
}

/** npm writes its record of what it installed last, so there is none after an install that died. */
function isCurrent() {
  try {
    const { packages: installed } = readLock('node_modules/.package-lock.json');
    const { packages: locked } = readLock('package-lock.json');
    return (
      Object.keys(installed).every((path) => path in locked) &&
      Object.entries(locked).every(([path, { version, integrity, optional }]) => {
        const found = installed[path];
        if (!found) return optional || path === ''; // For other platforms, or the checkout itself.
        return found.version === version && found.integrity === integrity;
      })
    );
  } catch {
    return false; // Nothing is installed, or npm shall say what is wrong.
  }
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean }} Installed
 * @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Wishes
 */

/** @param {string} path of a record of npm in the checkout */
export function readLock(path) {
  /** @type {{ packages: Record<string, Installed & Wishes> }} */
  const lock = JSON.parse(readFileSync(join(root, path), 'utf8'));
  return lock;
}
