import { existsSync, renameSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { local } from './paths.js';

const STAGE = 'stage-';

/** With retries, because a process of a killed set-up may still be writing there. */
const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

/**
 * Makes a folder whole or not at all: it is filled elsewhere and moved when it is done, so that
 * neither a failure nor a killed process leaves half of it behind.
 *
 * @param {string} folder
 * @param {(made: string) => Promise<void>} fill makes it at this path, in a folder for this alone
 */
export async function makeWhole(folder, fill) {
  const stage = await mkdtemp(join(local, `${STAGE}${process.pid}-`));
  try {
    const made = join(stage, basename(folder));
    await fill(made);
    replace(folder, made, join(stage, 'replaced'));
  } finally {
    await rm(stage, removal);
  }
}

/**
 * @param {string} folder
 * @param {string} made
 * @param {string} replaced where the old one goes
 */
function replace(folder, made, replaced) {
  const isThere = existsSync(folder);
  if (isThere) renameSync(folder, replaced);
  try {
    renameSync(made, folder);
  } catch (error) {
    if (isThere) renameSync(replaced, folder);
    throw error;
  }
}

/** Removes what killed set-ups were filling. One that is only suspended still needs its own. */
export async function removeLeftovers() {
  const names = await readdir(local);
  const stages = names.filter((name) => name.startsWith(STAGE) && !isAlive(ownerOf(name)));
  for (const name of stages) await rm(join(local, name), removal);
}

/** @param {string} stage */
function ownerOf(stage) {
  return Number.parseInt(stage.slice(STAGE.length), 10);
}

/** @param {number} pid */
function isAlive(pid) {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'; // Somebody else's.
  }
}
