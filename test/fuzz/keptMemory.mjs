/**
 * Loaded into a process before it starts: at SIGUSR2 it collects its garbage, and says how many
 * bytes are left. What a release of Node.js takes from the system besides is its own affair, and
 * differs between them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

/** What is finalised at one collection can be let go at the next. */
const COLLECTIONS = 5;

process.on('SIGUSR2', () => void tell());

async function tell() {
  for (let times = 0; times < COLLECTIONS; times += 1) {
    collectGarbage();
    await nextTurn();
  }
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`kept bytes: ${heapUsed + external}\n`);
}
