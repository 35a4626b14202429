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
  const stage = await mkdtemp(join(local, STAGE));
  try {
    const made = join(stage, basename(folder));
    await fill(made);
    if (existsSync(folder)) renameSync(folder, join(stage, 'replaced'));
    renameSync(made, folder);
  } finally {
    await rm(stage, removal);
  }
}

/** Removes what killed set-ups were filling. */
export async function removeLeftovers() {
  const names = await readdir(local);
  const stages = names.filter((name) => name.startsWith(STAGE));
  for (const name of stages) await rm(join(local, name), removal);
}
