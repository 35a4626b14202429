import { constants } from 'node:os';
import { whileLocked } from './lock.js';
import { Problem, say } from './messages.js';
import { interruption } from './run.js';
import { checkNodeVersion } from './versions.js';
import { removeLeftovers } from './wholeFolder.js';

/**
 * One thing that must be there before a command can run.
 *
 * @typedef {object} Step
 * @property {() => boolean} isCurrent whether it is there already; quick, because it is always asked
 * @property {() => Promise<void>} make makes it, whole or not at all
 */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Makes what is missing, in order. What the person can mend, and an interruption, end the process:
 * nothing can run without the set-up.
 *
 * @param {Step[]} steps
 */
export async function ensure(steps) {
  /** @param {NodeJS.Signals} name */
  const interrupt = (name) => interruption.abort(128 + constants.signals[name]);
  for (const name of signals) process.on(name, interrupt);
  try {
    checkNodeVersion();
    await makeMissing(steps);
  } catch (error) {
    if (interruption.signal.aborted) process.exit(Number(interruption.signal.reason));
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exit(1);
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}

/** @param {Step[]} steps */
export async function makeMissing(steps) {
  if (steps.every((step) => step.isCurrent())) return;
  await whileLocked(async () => {
    await removeLeftovers();
    for (const step of steps) {
      if (!step.isCurrent()) await step.make();
    }
  });
  interruption.signal.throwIfAborted();
}
