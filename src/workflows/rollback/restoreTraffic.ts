import { sameShape, type AliasShape, type AliasState } from '../../domain/functions.js';
import type { Restored } from '../../domain/status.js';
import { foreignAlias } from '../function/foreign.js';
import { fence, unlessForeign, write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';
import { madeAgain } from './madeAgain.js';

/**
 * Puts an alias back exactly as it was, weights and all, unless someone else has changed it. Weights
 * that a terminated deployment has left behind go back to their primary version. Where the version is
 * gone, it is made again. One that served `$LATEST` and has been taken off it serves the same by the
 * baseline, until `$LATEST` is back.
 */
export async function restoreTraffic(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const before = fn.snapshot.alias;
  const { aliasName: alias } = fn;
  const shape = fn.pinned ?? fn.trafficBefore;
  if (!fn.touched.alias || before === undefined || alias === undefined || shape === undefined) {
    return [];
  }
  const giveBack = async (wanted: AliasShape): Promise<void> => {
    fn.alias = await write<AliasState>({
      fn,
      resource: 'alias',
      from: fn.alias ?? before,
      note: (seen) => (fn.seen = seen),
      send: (revisionId) =>
        rollingBack(`give the traffic of ${fn.name} back`).updateAlias({
          ...fn.access,
          rollback: true,
          alias,
          shape: { version: wanted.version, weights: wanted.weights },
          revisionId,
          ...fence(fn.unanswered.alias),
        }),
      expected: (seen) => isOurs(fn, seen),
      foreign: foreignAlias(fn, wanted),
    });
  };
  const isBack = await unlessForeign(target, async () => {
    try {
      await giveBack(fn.madeAgain ?? shape);
    } catch (error) {
      if (toFailure(error).code !== 'notRestored') throw error;
      fn.madeAgain = await madeAgain(target, fn, error);
      await giveBack(fn.madeAgain);
    }
    fn.weight = fn.wantedWeight = 0;
  });
  return isBack ? ['traffic'] : [];
}

/** What the alias was, or was asked to be, whether or not the answer was heard. */
export function isOurs(fn: FunctionLedger, seen: AliasShape): boolean {
  const { alias, trafficBefore } = fn.snapshot;
  return [alias, trafficBefore, fn.madeAgain, ...fn.shapes].some(
    (shape) => shape !== undefined && sameShape(seen, shape),
  );
}
