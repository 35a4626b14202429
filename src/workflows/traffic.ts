import { sameShape, type AliasShape, type AliasState } from '../domain/functions.js';
import { mutating } from './activities.js';
import { foreignAlias } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import { write } from './write.js';

/**
 * Gives the new version its share. The old version stays the alias's primary, also at 100 %: if
 * everything died in the middle, clearing the weights would be safe.
 *
 * @param weight - percent
 */
export async function shift(run: FunctionRun, weight: number): Promise<void> {
  const before = run.snapshot.alias;
  if (before === undefined || run.version === undefined || run.version === before.version) return;
  const weights: Record<string, number> = weight === 0 ? {} : { [run.version]: weight / 100 };
  await setAlias(run, { version: before.version, weights }, `${weight} % of the traffic`);
  run.weight = weight;
}

/** Gives the new version all traffic for good, in one request, and clears the weights. */
export async function promote(run: FunctionRun): Promise<void> {
  const { alias } = run.given.plan;
  const version = run.version ?? '';
  if (run.shiftable) await setAlias(run, { version, weights: {} }, 'all traffic');
  else if (alias !== undefined) await createAlias(run, alias, version);
  run.weight = 100;
}

async function createAlias(run: FunctionRun, alias: string, version: string): Promise<void> {
  run.touched.aliasCreated = true;
  run.alias = await mutating(`create alias ${alias} of ${run.name}`).createAlias({
    ...run.access,
    alias,
    version,
  });
}

async function setAlias(run: FunctionRun, shape: AliasShape, what: string): Promise<void> {
  const from = run.alias;
  const { alias } = run.given.plan;
  if (from === undefined || alias === undefined) throw new Error(`${run.name} has no alias`);
  run.touched.alias = true;
  run.alias = await write<AliasState>({
    from,
    send: (revisionId) =>
      mutating(`give version ${run.version ?? ''} of ${run.name} ${what}`).updateAlias({
        ...run.access,
        alias,
        shape,
        revisionId,
      }),
    expected: (seen) => sameShape(seen, from),
    foreign: foreignAlias(run, from),
  });
}
