import type { TargetRun } from './targetRun.js';
import { restoreLatest } from './restore.js';
import { persist } from './persist.js';
import { removeCreated } from './cleanUp.js';
import { restoreTraffic } from './restoreTraffic.js';

/**
 * Takes back everything the deployment may have written: traffic first, then code and settings, then
 * what it created. It cannot be cancelled (the caller's scope sees to that) and does not give up.
 *
 * @returns whether everything was taken back; false when an operator abandoned it
 */
export async function rollBack(run: TargetRun): Promise<boolean> {
  const written = run.functions.filter((one) => one.written);
  const stages = [
    { say: 'restoring the traffic', undo: restoreTraffic },
    { say: 'restoring code and settings', undo: restoreLatest },
    { say: 'removing what the deployment created', undo: removeCreated },
  ];
  let complete = true;
  for (const { say, undo } of stages) {
    run.say('rollingBack', say);
    for (const one of written) {
      const finished = await persist(run, say, () => undo(run, one));
      complete = complete && finished;
    }
  }
  return complete;
}
