/**
 * Ends process groups when the process that started them is gone, however it went: standard input
 * closes then. Each line of it is `+<group>` for one to guard or `-<group>` for one that has ended.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 2000;

/** @type {Set<number>} */
const groups = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const group = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(group);
  else groups.delete(group);
}
if (groups.size > 0) {
  signalAll('SIGTERM');
  await sleep(GRACE_MS);
  signalAll('SIGKILL');
}

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group); // It has ended by itself.
    }
  }
}
