import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { local } from './paths.js';
import { isAlive } from './lock.js';

/**
 * Makes a folder whole or not at all: it is filled beside its place and renamed when it is done,
 * so that neither a failure nor a killed process leaves half of it behind.
 *
 * @param {string} target the folder's place
 * @param {(stage: string) => Promise<void>} fill makes a folder of the same name in `stage`
 */
export async function makeWhole(target, fill) {
  const stage = join(local, `stage-${process.pid}`);
  await mkdir(stage, { recursive: true });
  try {
    await fill(stage);
    await replace(target, join(stage, basename(target)), join(stage, 'replaced'));
  } finally {
    await removeFolder(stage);
  }
}

/** Removes what killed set-ups were filling. */
export async function removeLeftovers() {
  const stages = readdirSync(local).filter((name) => name.startsWith('stage-'));
  const dead = stages.filter((name) => !isAlive(Number(name.slice('stage-'.length))));
  for (const name of dead) await removeFolder(join(local, name));
}

/**
 * @param {string} target
 * @param {string} filled
 * @param {string} replaced where the folder that was at `target` goes
 */
async function replace(target, filled, replaced) {
  if (existsSync(target)) await rename(target, replaced);
  try {
    await rename(filled, target);
  } catch (error) {
    if (existsSync(replaced)) await rename(replaced, target);
    throw error;
  }
}

/** @param {string} folder */
async function removeFolder(folder) {
  // A process of a killed set-up may still be writing there, hence the retries.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
