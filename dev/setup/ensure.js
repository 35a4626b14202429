import { constants } from 'node:os';
import { whileLocked } from './lock.js';
import { checkNodeVersion, OLDEST_NODE } from './nodeVersion.js';
import { Problem } from './problem.js';
import { CommandFailed } from './run.js';
import { say } from './say.js';
import { removeLeftovers } from './staging.js';

/**
 * One thing that must be there before a command can run.
 *
 * @typedef {object} Step
 * @property {() => boolean} isCurrent whether it is there already; quick, because it is always asked
 * @property {(signal: AbortSignal) => Promise<void>} make makes it, whole or not at all
 */

/** @type {NodeJS.Signals[]} */
const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Makes what is missing, in order. What the person can mend, and an interruption, end the process:
 * nothing can run without the set-up.
 *
 * @param {Step[]} steps
 * @param {string} oldestNode
 */
export async function ensure(steps, oldestNode = OLDEST_NODE) {
  const interruption = new AbortController();
  /** @type {NodeJS.Signals | undefined} */
  let interruptedBy;
  /** @param {NodeJS.Signals} name */
  const interrupt = (name) => {
    interruptedBy = name;
    interruption.abort();
  };
  for (const name of interruptions) process.on(name, interrupt);
  try {
    checkNodeVersion(oldestNode);
    await makeMissing(steps, interruption.signal);
  } catch (error) {
    end(error, interruptedBy);
  } finally {
    for (const name of interruptions) process.off(name, interrupt);
  }
}

/**
 * @param {Step[]} steps
 * @param {AbortSignal} signal
 */
async function makeMissing(steps, signal) {
  if (steps.every((step) => step.isCurrent())) return;
  await whileLocked(signal, async () => {
    await removeLeftovers();
    for (const step of steps) {
      if (!step.isCurrent()) await step.make(signal);
    }
  });
}

/**
 * @param {unknown} error
 * @param {NodeJS.Signals | undefined} interruptedBy
 * @returns {never}
 */
function end(error, interruptedBy) {
  if (interruptedBy) process.exit(128 + constants.signals[interruptedBy]);
  if (!(error instanceof Problem || error instanceof CommandFailed)) throw error;
  say(error.message);
  process.exit(1);
}
