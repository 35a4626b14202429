import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCi } from './npm.js';
import { root } from './paths.js';
import { say } from './say.js';
import { makeWhole } from './staging.js';

const folder = join(root, 'node_modules');

const inputs = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * A package as npm records it, in the lock file and in node_modules.
 *
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} Locked
 */

/** The packages in node_modules, as the lock file says. */
export const nodePackages = { isCurrent, make };

/** npm writes its record of what it installed last, so there is none after an install that died. */
function isCurrent() {
  const installed = packagesIn(join(folder, '.package-lock.json'));
  const locked = packagesIn(join(root, 'package-lock.json'));
  if (!installed || !locked) return false;
  const wanted = Object.entries(locked).filter(([path]) => path !== '');
  return (
    Object.keys(installed).every((path) => path in locked) &&
    wanted.every(([path, entry]) => isSame(entry, installed[path]))
  );
}

/**
 * @param {Locked} wanted
 * @param {Locked | undefined} installed
 */
function isSame(wanted, installed) {
  if (!installed) return wanted.optional === true; // Made for another platform.
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

/**
 * @param {string} path
 * @returns {Record<string, Locked> | undefined}
 */
function packagesIn(path) {
  try {
    const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (
      JSON.parse(readFileSync(path, 'utf8'))
    );
    return packages;
  } catch {
    return undefined;
  }
}

/** @param {AbortSignal} signal */
async function make(signal) {
  say('Installing the Node.js packages (npm ci).');
  await makeWhole(folder, async (stage) => {
    for (const name of inputs) await copyFile(join(root, name), join(stage, name));
    await npmCi(stage, signal);
  });
}
