import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { local } from './paths.js';
import { say } from './say.js';

const lock = join(local, 'setup.lock');

/** How often the holder shows that it lives, and for how long that is believed, in milliseconds. */
const SIGN_OF_LIFE_MS = 1000;
const BELIEVED_MS = 10_000;

/**
 * Does the work while no other set-up of this checkout is at work, so that nothing is done twice.
 * The work is safe without the lock (see staging.js): the lock only saves time.
 *
 * @param {AbortSignal} signal
 * @param {() => Promise<void>} work
 */
export async function whileLocked(signal, work) {
  mkdirSync(local, { recursive: true });
  await acquire(signal);
  const signOfLife = setInterval(showLife, SIGN_OF_LIFE_MS);
  try {
    await work();
  } finally {
    clearInterval(signOfLife);
    rmSync(lock, { force: true });
  }
}

function showLife() {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // The person removed the lock.
  }
}

/** @param {AbortSignal} signal */
async function acquire(signal) {
  let said = false;
  while (!tryToAcquire()) {
    if (isAbandoned()) rmSync(lock, { force: true });
    else if (!said) say('Waiting for another set-up of this checkout to finish.');
    said = true;
    await sleep(50, undefined, { signal });
  }
}

function tryToAcquire() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the holder was killed. The process id alone cannot tell: it may be used again. */
function isAbandoned() {
  try {
    const believed = Date.now() - statSync(lock).mtimeMs < BELIEVED_MS;
    return !believed || !isAlive(Number(readFileSync(lock, 'utf8')));
  } catch {
    return false; // It was released just now.
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
