import { sameShape, type AliasShape, type AliasState } from '../domain/functions.js';
import { rollingBack } from './activities.js';
import { foreignAlias } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';
import { fence, unlessForeign, write } from './write.js';

/**
 * Puts an alias back exactly as it was, weights and all, unless someone else has changed it. Weights
 * that a terminated deployment has left behind go back to their primary version.
 */
export async function restoreTraffic(target: TargetRun, run: FunctionRun): Promise<void> {
  const before = run.snapshot.alias;
  const { alias } = run.given.plan;
  if (!run.touched.alias || before === undefined || alias === undefined) return;
  const shape = run.snapshot.trafficBefore ?? before;
  await unlessForeign(target, async () => {
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
}

/** A shape that the deployment gave the alias, or may have given it without hearing the answer. */
function ours(run: FunctionRun, seen: AliasShape): boolean {
  const before = run.snapshot.alias;
  const { version } = run;
  if (before === undefined || version === undefined) return false;
  if (sameShape(seen, before) || sameShape(seen, { version, weights: {} })) return true;
  const weighted = Object.keys(seen.weights);
  return seen.version === before.version && weighted.every((one) => one === version);
}
