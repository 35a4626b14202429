import { mkdirSync, rmSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './messages.js';
import { local } from './paths.js';
import { interruption } from './run.js';

/** A folder, because only one process can make it. Its time says when its holder last lived. */
const lock = join(local, 'setting-up');

const ABANDONED_MS = 10_000;

/**
 * Does the work while no other set-up of this checkout is at work.
 *
 * @param {() => Promise<void>} work
 */
export async function whileLocked(work) {
  mkdirSync(local, { recursive: true });
  for (let attempt = 1; !acquire(); attempt++) {
    if (attempt === 1) say('Waiting for another set-up of this checkout to finish.');
    await sleep(50, undefined, { signal: interruption.signal });
  }
  const signOfLife = setInterval(() => {
    utimes(lock, new Date(), new Date()).catch(() => {}); // The person may have removed it.
  }, 1000);
  try {
    await work();
  } finally {
    clearInterval(signOfLife);
    rmSync(lock, { recursive: true, force: true });
  }
}

function acquire() {
  if (mkdirSync(lock, { recursive: true }) !== undefined) return true;
  const lastLived = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  const isAbandoned = Date.now() - lastLived > ABANDONED_MS; // Its holder was killed.
  if (isAbandoned) rmSync(lock, { recursive: true, force: true });
  return false;
}
