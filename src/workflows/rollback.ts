import { sleep } from '@temporalio/workflow';
import { REQUEST_TIMEOUT_MS } from '../domain/requestTimeout.js';
import type { Restored } from '../domain/status.js';
import { removeCreated } from './cleanUp.js';
import type { FunctionRun } from './functionRun.js';
import { persist } from './persist.js';
import { restoreLatest } from './restore.js';
import { restoreTraffic } from './restoreTraffic.js';
import type { TargetRun } from './targetRun.js';

/** Beyond a request's own limit, in milliseconds: for the way, and for clocks that differ. */
const MARGIN_MS = 2000;

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

interface Stage {
  doing: string;
  /** @returns what is as it was before */
  undo: (run: TargetRun, one: FunctionRun) => Promise<Restored[]>;
}

const TRAFFIC: Stage = { doing: 'restoring the traffic', undo: restoreTraffic };
const LATEST: Stage = { doing: 'restoring code and settings', undo: restoreLatest };
const CREATED: Stage = { doing: 'removing what was created', undo: removeCreated };

async function rollBackOne(run: TargetRun, one: FunctionRun): Promise<boolean> {
  const back = await inOrder(run, one, [TRAFFIC, LATEST]);
  if (!back || !isUnanswered(one)) return back && inOrder(run, one, [CREATED]);
  const summary = `until no earlier request to ${one.name} can be on its way`;
  await sleep(REQUEST_TIMEOUT_MS + MARGIN_MS, { summary });
  return inOrder(run, one, [TRAFFIC, LATEST, CREATED]);
}

async function inOrder(
  run: TargetRun,
  one: FunctionRun,
  stages: readonly Stage[],
): Promise<boolean> {
  for (const { doing, undo } of stages) {
    const restore = async (): Promise<void> =>
      (await undo(run, one)).forEach((what) => one.restored.add(what));
    if (!(await persist(run, one, doing, restore))) return false;
  }
  return true;
}

/**
 * A request without an answer may be carried out later. Where it carries a revision, the stages see
 * to it that the revision moves, so that it is refused; where it carries none it has to be waited for.
 */
function isUnanswered({ unanswered }: FunctionRun): boolean {
  return Object.keys(unanswered).length > 0;
}
