import { sleep } from '@temporalio/workflow';
import { summaryText } from '../../domain/markdownText.js';
import type { Restored } from '../../domain/status.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { assertGivenBack } from './assertGivenBack.js';
import { persist } from './persist.js';
import { removeCreated } from './removeCreated.js';
import { provideOld, withdrawNew } from './restoreProvisioned.js';
import { restoreLatest } from './restoreLatest.js';
import { restoreTraffic } from './restoreTraffic.js';
import { restoreReservedFirst, restoreWide, restoreWideLeft } from './restoreWide.js';
import { unpin } from './unpin.js';

/** Beyond a request's own limit, in milliseconds: for the way, and for clocks that differ. */
const MARGIN_MS = 2000;

/**
 * Takes back everything the deployment may have written: traffic first, then what belongs to the whole
 * function, code and settings, where an alias served `$LATEST`, and what it created; and reads back
 * what is there. What serves the traffic again has its provisioned concurrency before that, and what
 * served it loses its own after: it is a part of what is reserved for the function, which is less
 * again only then, or more again before. It cannot be
 * cancelled (the caller's scope sees to that) and does not give up.
 *
 * @returns whether everything was taken back; false when an operator abandoned it
 */
export async function rollBack(target: TargetState): Promise<boolean> {
  const written = target.functions.filter((fn) => fn.written);
  target.say('rollingBack', `restoring ${written.map((fn) => fn.name).join(', ')}`);
  // Side by side: a function that is stuck keeps no other from getting its traffic back.
  const finished = await Promise.all(written.map((fn) => rollBackOne(target, fn)));
  return finished.every(Boolean);
}

interface Stage {
  doing: string;
  /** @returns what is as it was before */
  undo: (target: TargetState, fn: FunctionLedger) => Promise<Restored[]>;
}

const RESERVED: Stage = {
  doing: 'reserving the concurrency again that what served before needs',
  undo: restoreReservedFirst,
};
const PROVIDED: Stage = {
  doing: 'giving back the provisioned concurrency of what served before',
  undo: provideOld,
};
const TRAFFIC: Stage = { doing: 'restoring the traffic', undo: restoreTraffic };
const WITHDRAWN: Stage = {
  doing: 'taking the provisioned concurrency of the new version away',
  // An alias that was created serves it until it is removed itself.
  undo: async (target, fn) => (fn.touched.aliasCreated ? [] : withdrawNew(target, fn)),
};
const LATEST: Stage = { doing: 'restoring code and settings', undo: restoreLatest };
const WIDE: Stage = { doing: 'restoring what belongs to the whole function', undo: restoreWide };
const WIDE_LEFT: Stage = { ...WIDE, undo: restoreWideLeft };
const UNPINNED: Stage = { doing: 'pointing the alias at $LATEST again', undo: unpin };
const CREATED: Stage = { doing: 'removing what was created', undo: removeCreated };
const READ: Stage = {
  doing: 'reading back what is there',
  undo: (target, fn) => assertGivenBack(target, fn).then(() => []),
};

async function rollBackOne(target: TargetState, fn: FunctionLedger): Promise<boolean> {
  const first = [RESERVED, PROVIDED, TRAFFIC, WITHDRAWN, WIDE, LATEST];
  const back = await inOrder(target, fn, first);
  const last = [UNPINNED, CREATED, WIDE_LEFT, READ];
  if (!back || !isUnanswered(fn)) return back && inOrder(target, fn, last);
  const summary = `until no earlier request to ${fn.name} can be on its way`;
  await sleep(fn.unansweredForMs + MARGIN_MS, { summary: summaryText(summary) });
  // All of it once more: a request that came late may have changed what was back already.
  fn.left = undefined;
  fn.isForeign = false;
  fn.wideLeft = undefined;
  fn.isWideForeign = false;
  return inOrder(target, fn, [...first, ...last]);
}

async function inOrder(
  target: TargetState,
  fn: FunctionLedger,
  stages: readonly Stage[],
): Promise<boolean> {
  for (const { doing, undo } of stages) {
    const restore = async (): Promise<void> =>
      (await undo(target, fn)).forEach((what) => fn.restored.add(what));
    if (!(await persist(target, fn, doing, restore))) return false;
  }
  return true;
}

/**
 * A request without an answer may be carried out later. Where it carries a revision, the stages see
 * to it that the revision moves, so that it is refused; it is waited for all the same.
 */
function isUnanswered({ unanswered }: FunctionLedger): boolean {
  return Object.keys(unanswered).length > 0;
}
