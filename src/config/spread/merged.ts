import { isMapping } from '../../domain/isMapping.js';
import type { Draft } from '../written/draft.js';
import type { WrittenDeployment } from '../written/schema.js';
import type { Path } from '../path.js';
import { partKey, type Origin } from './origins.js';

export type Option = NonNullable<
  NonNullable<NonNullable<Draft<WrittenDeployment>['providerOptions']>['lambda']>[number]
>;

/** An entry of the provider options, as it is for one target. */
export interface OptionForTarget {
  option: Option;
  /** Of the entry in the file. */
  path: Path;
  /** How particular it is about the target. */
  rank: number;
  /** Of the entry in its list. */
  index: number;
  /** Where the target is named; absent where none is. */
  targetPath?: Path;
}

/** What chooses where an entry belongs. */
const ADDRESS: ReadonlySet<string> = new Set(['target', 'targets', 'name']);

/** Mappings that are merged key by key; anything else of a later entry takes its place whole. */
const BY_KEY: ReadonlySet<string> = new Set(['environment', 'tags']);

/** The settings that an entry names, and of mappings that are merged each of their keys. */
function settingPaths(option: Option): Path[] {
  return Object.entries(option)
    .filter(([key]) => !ADDRESS.has(key))
    .flatMap(([key, value]): Path[] =>
      BY_KEY.has(key) && isMapping(value)
        ? [[key], ...Object.keys(value).map((inner) => [key, inner])]
        : [[key]],
    );
}

/**
 * One function at one target.
 *
 * @param entries - all about it, at least one
 */
export function merged(
  target: string,
  entries: readonly OptionForTarget[],
): { option: Option; origin: Origin } {
  const inOrder = entries.toSorted((a, b) => a.rank - b.rank || a.index - b.index);
  const last = inOrder.at(-1);
  if (last === undefined) throw new Error('There is no entry.');
  const settings: Record<string, unknown> = {};
  const parts = new Map<string, Path>();
  for (const { option, path } of inOrder) {
    for (const setting of settingPaths(option)) parts.set(partKey(setting), [...path, ...setting]);
    for (const [key, value] of Object.entries(option))
      if (!ADDRESS.has(key)) settings[key] = together(key, settings[key], value);
  }
  parts.set(partKey(['target']), last.targetPath ?? last.path);
  const option = { target, name: last.option.name, ...settings };
  return { option, origin: { path: last.path, target, parts } };
}

function together(key: string, before: unknown, value: unknown): unknown {
  return BY_KEY.has(key) && isMapping(before) && isMapping(value) ? { ...before, ...value } : value;
}
