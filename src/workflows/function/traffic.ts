import {
  isSplit,
  sameShape,
  withoutLatest,
  type AliasShape,
  type AliasState,
} from '../../domain/functions.js';
import { pickSettings } from '../../domain/settingSelection.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import { mutating, reading } from '../temporal/activities.js';
import { rejectIfCancelled } from '../temporal/cancellation.js';
import { FailureError } from '../temporal/failure.js';
import { asKnown, foreignAlias, foreignContent, gone, ownedSettings } from './foreign.js';
import { notingCreation } from './unanswered.js';
import { write } from './write.js';

/**
 * Points an alias that serves `$LATEST` at the baseline, which is the same: what is written to
 * `$LATEST` afterwards is not live, and AWS splits no traffic with it.
 */
export async function pin(fn: FunctionLedger): Promise<void> {
  const { snapshot, baseline } = fn;
  if (snapshot.alias === undefined || baseline === undefined) throw new Error('nothing to pin');
  const shape = withoutLatest(snapshot.alias, baseline);
  await setAlias(fn, shape, `point ${fn.name} at version ${baseline} instead of $LATEST`);
  fn.pinned = shape;
}

/**
 * Gives the new version its share. The old version stays the alias's primary, also at 100 %: if
 * everything died in the middle, clearing the weights would be safe.
 *
 * @param weight - percent
 */
export async function shift(fn: FunctionLedger, weight: number): Promise<void> {
  const { primary, version } = fn;
  if (!fn.shiftable || primary === undefined || version === undefined) return;
  if (version === primary) return;
  const weights: Record<string, number> = weight === 0 ? {} : { [version]: weight / 100 };
  fn.wantedWeight = weight;
  await setAlias(fn, { version: primary, weights }, gives(fn, `${weight} % of the traffic`));
  fn.weight = weight;
}

/** Gives the new version all traffic for good, in one request, and clears the weights. */
export async function promote(fn: FunctionLedger): Promise<void> {
  const { aliasName: alias } = fn;
  const version = fn.version ?? '';
  fn.wantedWeight = 100;
  if (fn.shiftable) await setAlias(fn, { version, weights: {} }, gives(fn, 'all traffic'));
  else if (alias !== undefined) await createAlias(fn, alias, version);
  fn.weight = 100;
  // The work may have been stopped after the request was sent: then the promotion is taken back.
  await rejectIfCancelled();
}

async function createAlias(fn: FunctionLedger, alias: string, version: string): Promise<void> {
  fn.touched.aliasCreated = true;
  fn.alias = fn.seen = await notingCreation(fn, () =>
    mutating(`create alias ${alias} of ${fn.name}`).createAlias({ ...fn.access, alias, version }),
  );
}

function gives({ version = '', name }: FunctionLedger, what: string): string {
  return `give version ${version} of ${name} ${what}`;
}

async function setAlias(fn: FunctionLedger, shape: AliasShape, summary: string): Promise<void> {
  const { alias: from, aliasName: alias, latest } = fn;
  if (from === undefined || latest === undefined || alias === undefined) {
    throw new Error(`${fn.name} has no alias`);
  }
  fn.touched.alias = true;
  fn.shapes.push(shape);
  const { codeSha256 } = latest;
  const settings = pickSettings(latest.settings, ownedSettings(fn));
  fn.alias = await write<AliasState>({
    fn,
    resource: 'alias',
    from,
    note: (seen) => (fn.seen = seen),
    send: async (revisionId) => {
      const expected = { codeSha256, settings };
      const answer = await mutating(summary).updateAlias({
        ...fn.access,
        alias,
        shape,
        ...(isSplit(shape) && { split: true }),
        revisionId,
        latest: expected,
      });
      if (answer.foreign === undefined) return answer;
      throw new FailureError(foreignContent(fn, latest)(answer.foreign));
    },
    expected: (seen) => sameShape(seen, from),
    foreign: foreignAlias(fn, from),
  });
}

/** Stops where someone else has changed a function whose traffic needs no shifting. */
export async function assertOwn(fn: FunctionLedger): Promise<void> {
  const { latest } = fn;
  if (latest === undefined) return;
  const seen = await reading(`look at ${fn.name}`).readLatest(fn.access);
  if (seen === undefined) throw new FailureError(gone(fn));
  if (!asKnown(fn, latest)(seen)) throw new FailureError(foreignContent(fn, latest)(seen));
}
