import { sameShape, type AliasShape, type AliasState } from '../domain/functions.js';
import { pickSettings } from '../domain/settingSelection.js';
import { mutating, reading } from './activities.js';
import { FailureError } from './failure.js';
import { asKnown, foreignAlias, foreignContent, gone, ownedSettings } from './foreign.js';
import type { FunctionRun } from './functionRun.js';
import { rejectIfCancelled } from './stopped.js';
import { notingCreation } from './unanswered.js';
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
  run.wantedWeight = weight;
  await setAlias(run, { version: before.version, weights }, `${weight} % of the traffic`);
  run.weight = weight;
}

/** Gives the new version all traffic for good, in one request, and clears the weights. */
export async function promote(run: FunctionRun): Promise<void> {
  const { alias } = run.given.plan;
  const version = run.version ?? '';
  run.wantedWeight = 100;
  if (run.shiftable) await setAlias(run, { version, weights: {} }, 'all traffic');
  else if (alias !== undefined) await createAlias(run, alias, version);
  run.weight = 100;
  // A promotion that was to be stopped is taken back, also when it was too late to stop it.
  await rejectIfCancelled();
}

async function createAlias(run: FunctionRun, alias: string, version: string): Promise<void> {
  run.touched.aliasCreated = true;
  run.alias = await notingCreation(run, () =>
    mutating(`create alias ${alias} of ${run.name}`).createAlias({ ...run.access, alias, version }),
  );
}

async function setAlias(run: FunctionRun, shape: AliasShape, what: string): Promise<void> {
  const { alias: from, latest } = run;
  const { alias } = run.given.plan;
  if (from === undefined || latest === undefined || alias === undefined) {
    throw new Error(`${run.name} has no alias`);
  }
  run.touched.alias = true;
  run.shapes.push(shape);
  const { codeSha256 } = latest;
  const settings = pickSettings(latest.settings, ownedSettings(run));
  run.alias = await write<AliasState>({
    run,
    resource: 'alias',
    from,
    send: async (revisionId) => {
      const summary = `give version ${run.version ?? ''} of ${run.name} ${what}`;
      const expected = { codeSha256, settings };
      const answer = await mutating(summary).updateAlias({
        ...run.access,
        alias,
        shape,
        revisionId,
        latest: expected,
      });
      if (answer.foreign === undefined) return answer;
      throw new FailureError(foreignContent(run, latest)(answer.foreign));
    },
    expected: (seen) => sameShape(seen, from),
    foreign: foreignAlias(run, from),
  });
}

/** Stops where someone else has changed a function whose traffic needs no shifting. */
export async function assertOwn(run: FunctionRun): Promise<void> {
  const { latest } = run;
  if (latest === undefined) return;
  const seen = await reading(`look at ${run.name}`).readLatest(run.access);
  if (seen === undefined) throw new FailureError(gone(run));
  if (!asKnown(run, latest)(seen)) throw new FailureError(foreignContent(run, latest)(seen));
}
