import { sameShape, type AliasShape, type AliasState } from '../../domain/functions.js';
import type { Restored } from '../../domain/status.js';
import { foreignAlias } from '../function/foreign.js';
import { fence, unlessForeign, write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';

/**
 * Puts an alias back exactly as it was, weights and all, unless someone else has changed it. Weights
 * that a terminated deployment has left behind go back to their primary version.
 */
export async function restoreTraffic(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const before = fn.snapshot.alias;
  const { aliasName: alias } = fn;
  if (!fn.touched.alias || before === undefined || alias === undefined) return [];
  const shape = fn.snapshot.trafficBefore ?? before;
  const isBack = await unlessForeign(target, async () => {
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
          shape: { version: shape.version, weights: shape.weights },
          revisionId,
          ...fence(fn.unanswered.alias),
        }),
      expected: (seen) => ours(fn, seen),
      foreign: foreignAlias(fn, shape),
    });
    fn.weight = fn.wantedWeight = 0;
  });
  return isBack ? ['traffic'] : [];
}

/** What the alias was, or was asked to be, whether or not the answer was heard. */
function ours(fn: FunctionLedger, seen: AliasShape): boolean {
  const { alias, trafficBefore } = fn.snapshot;
  return [alias, trafficBefore, ...fn.shapes].some(
    (shape) => shape !== undefined && sameShape(seen, shape),
  );
}
