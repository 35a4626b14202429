import { groupBy, pairKey } from '../grouping.js';
import type { Path } from '../path.js';
import { filledFor, reachOf, type SpreadEntries, type Spreading } from './entries.js';
import { REQUIRED_SETTINGS } from '../written/functions.js';
import { packageType } from '../written/meaning.js';
import type { Artifact } from './artifacts.js';
import { merged, type Option, type OptionForTarget } from './merged.js';
import { LIST_PATHS, partKey, type Origin } from './origins.js';
import { RANKS } from './targetNames.js';

/**
 * The provider options with one entry for each function at each target.
 *
 * @param images - the functions that are container images
 */
export function spreadOptions(
  options: readonly (Option | undefined)[],
  images: ReadonlySet<string>,
  spreading: Spreading,
): SpreadEntries<Option> {
  const spread: SpreadEntries<Option> = { entries: [], origins: [] };
  const add = (entry: Option | undefined, origin: Origin) => {
    spread.entries.push(entry);
    spread.origins.push(origin);
  };
  const byTarget = new Map<string, OptionForTarget[]>();
  for (const [index, option] of options.entries()) {
    const path = [...LIST_PATHS.lambda, index];
    const reach = option && reachOf(option, path, spreading);
    if (option === undefined || reach === undefined) {
      add(option && { ...option, target: undefined }, { path });
      continue;
    }
    for (const { value, place } of reach.strangers)
      add(
        { ...spreading.filling.unfilled(option), target: value },
        ofTarget(path, value, place.path),
      );
    for (const [target, { rank, item }] of reach.matches) {
      const entry: OptionForTarget = {
        option: filledFor(option, path, target, spreading),
        path,
        rank,
        index,
        ...(item && { targetPath: item.place.path }),
      };
      const entries = byTarget.get(target);
      if (entries === undefined) byTarget.set(target, [entry]);
      else entries.push(entry);
    }
  }
  for (const [target, entries] of byTarget)
    for (const group of byFunction(entries))
      for (const each of mergeable(group, images)) {
        const { option, origin } = merged(target, each);
        add(option, origin);
      }
  return spread;
}

function ofTarget(path: Path, target: string, targetPath: Path): Origin {
  return { path, target, parts: new Map([[partKey(['target']), targetPath]]) };
}

/** Entries whose function could not be read have nothing to be merged by. */
function byFunction(entries: readonly OptionForTarget[]): OptionForTarget[][] {
  const named = groupBy(entries, ({ option }) => option.name);
  const unnamed = entries.filter(({ option }) => option.name === undefined);
  return [...named.values(), ...unnamed.map((entry) => [entry])];
}

/**
 * What is merged: everything, unless two entries that name the target are each whole by themselves.
 * Then one of them is a mistake, such as a name that was not changed in a copy, and both are told.
 */
function mergeable(entries: OptionForTarget[], images: ReadonlySet<string>): OptionForTarget[][] {
  const whole = entries.filter(
    ({ rank, option }) => rank === RANKS.named && isWhole(option, images.has(option.name ?? '')),
  );
  return whole.length > 1 ? entries.map((entry) => [entry]) : [entries];
}

function isWhole(option: Option, isImage: boolean): boolean {
  return REQUIRED_SETTINGS[isImage ? 'image' : 'zipFile'].every((key) => key in option);
}

/** The functions that are container images, by the artifacts that name them as they are written. */
export function imageFunctions(artifacts: readonly (Artifact | undefined)[]): ReadonlySet<string> {
  const images = artifacts.filter((artifact) => packageType(artifact?.type) === 'image');
  return new Set(images.flatMap((artifact) => artifact?.functionName ?? []));
}

/** Which functions are deployed where. */
export function deployedPairs(options: readonly (Option | undefined)[]): ReadonlySet<string> {
  return new Set(options.map((option) => pairKey(option?.target, option?.name)));
}
