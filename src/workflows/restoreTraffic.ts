import { sameShape, type AliasShape, type AliasState } from '../domain/functions.js';
import type { Restored } from '../domain/status.js';
import { rollingBack } from './activities.js';
import { foreignAlias } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';
import { fence, unlessForeign, write } from './write.js';

/**
 * Puts an alias back exactly as it was, weights and all, unless someone else has changed it. Weights
 * that a terminated deployment has left behind go back to their primary version.
 */
export async function restoreTraffic(target: TargetRun, run: FunctionRun): Promise<Restored[]> {
  const before = run.snapshot.alias;
  const { alias } = run.given.plan;
  if (!run.touched.alias || before === undefined || alias === undefined) return [];
  const shape = run.snapshot.trafficBefore ?? before;
  const isBack = await unlessForeign(target, async () => {
    run.alias = await write<AliasState>({
      run,
      resource: 'alias',
      from: run.alias ?? before,
      send: (revisionId) =>
        rollingBack(`give the traffic of ${run.name} back`).updateAlias({
          ...run.access,
          rollback: true,
          alias,
          shape: { version: shape.version, weights: shape.weights },
          revisionId,
          ...fence(run.unanswered.alias),
        }),
      expected: (seen) => ours(run, seen),
      foreign: foreignAlias(run, shape),
    });
    run.weight = run.wantedWeight = 0;
  });
  return isBack ? ['traffic'] : [];
}

/** What the alias was, or was asked to be, whether or not the answer was heard. */
function ours(run: FunctionRun, seen: AliasShape): boolean {
  const { alias, trafficBefore } = run.snapshot;
  return [alias, trafficBefore, ...run.shapes].some(
    (shape) => shape !== undefined && sameShape(seen, shape),
  );
}
