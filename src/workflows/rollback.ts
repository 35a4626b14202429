import { removeCreated } from './cleanUp.js';
import type { FunctionRun } from './functionRun.js';
import { persist } from './persist.js';
import { restoreLatest } from './restore.js';
import { restoreTraffic } from './restoreTraffic.js';
import type { TargetRun } from './targetRun.js';

/**
 * Takes back everything the deployment may have written: traffic first, then code and settings, then
 * what it created. It cannot be cancelled (the caller's scope sees to that) and does not give up.
 *
 * @returns whether everything was taken back; false when an operator abandoned it
 */
export async function rollBack(run: TargetRun): Promise<boolean> {
  const written = run.functions.filter((one) => one.written);
  run.say('rollingBack', `restoring ${written.map((one) => one.name).join(', ')}`);
  // Side by side: a function that is stuck keeps no other from getting its traffic back.
  const finished = await Promise.all(written.map((one) => rollBackOne(run, one)));
  return finished.every(Boolean);
}

const STAGES = [
  { what: 'restoring the traffic', undo: restoreTraffic },
  { what: 'restoring code and settings', undo: restoreLatest },
  { what: 'removing what was created', undo: removeCreated },
];

async function rollBackOne(run: TargetRun, one: FunctionRun): Promise<boolean> {
  for (const { what, undo } of STAGES) {
    if (!(await persist(run, one, what, () => undo(run, one)))) return false;
  }
  return true;
}
