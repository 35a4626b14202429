import type { Published, PublishInput } from '../../src/activities/publish.js';
import { done, moved, type MutationResult } from '../../src/activities/results.js';
import type { FunctionState } from '../../src/domain/functions.js';
import { oldVersions } from '../../src/domain/oldVersions.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import type { MemoryFunction } from './memoryFunction.js';
import { refusal } from './memoryRules.js';

/** @param next - gives the revision that `$LATEST` has afterwards */
export function publish(
  found: MemoryFunction,
  input: PublishInput,
  next: () => string,
): MutationResult<FunctionState | Published> {
  if (found.latest.revisionId !== input.revisionId) return moved(found.latest);
  if (found.latest.codeSha256 !== input.codeSha256) throw refusal('This is not the code.');
  const same = found.versions.at(-1);
  const unchanged =
    same?.codeSha256 === found.latest.codeSha256 &&
    differingSettings(same.settings, found.latest.settings).length === 0;
  if (unchanged) return done({ ...found.latest, version: same });
  found.latest = { ...found.latest, revisionId: next() };
  const number = String(found.versions.length + 1);
  const version = { ...found.latest, version: number, description: input.description };
  found.versions.push(version);
  return done({ ...found.latest, version });
}

/** What is old, whenever it was made. */
export function oldVersionsOf(
  { versions, aliases, provisioned = new Map() }: MemoryFunction,
  { keep, kept }: { keep: number; kept: string[] },
): string[] {
  const served = [...aliases.values()].map(({ version }) => version);
  const ready = [...provisioned].filter(([, count]) => count > 0).map(([version]) => version);
  const named = new Set([...kept, ...served, ...ready]);
  const published = versions.map(({ version }) => ({ version, modifiedAt: '2020-01-01' }));
  return oldVersions(published, { keep, named, rememberedMs: 0, now: Date.now() });
}
