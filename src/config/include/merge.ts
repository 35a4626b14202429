import { defined } from '../../domain/defined.js';
import { normalName } from '../../domain/naming.js';
import type { Path } from '../path.js';
import { pathText } from '../path.js';
import { type Entry, firstKey, inFile, type Spot } from '../source/tree.js';
import { WAYS_OF_LISTS } from '../written/lists.js';

type Mapping = Spot & { entries: Map<string, Entry> };
type List = Spot & { entries: Map<number, Entry> };

/**
 * One value of those that several files have at a place, from the most general file to the most
 * particular one, which decides what kind of value it is. It looks at each value once.
 */
export function merged(layers: readonly Entry[], path: Path = []): Entry {
  const last = layers.at(-1) as Entry;
  if (layers.length === 1) return last;
  if (hasKeys(last.spot)) return { ...last, spot: mergedMapping(layers, last.spot, path) };
  const way = Array.isArray(last.spot.data) ? WAYS_OF_LISTS[pathText(path)] : undefined;
  if (way === undefined) return last;
  return { ...last, spot: mergedList(layers, last.spot, way) };
}

function mergedMapping(layers: readonly Entry[], last: Spot, path: Path): Spot {
  const byKey = new Map<string, Entry[]>();
  for (const { spot, file } of layers)
    for (const [key, entry] of hasKeys(spot) ? spot.entries : []) {
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [inFile(entry, file)]);
      else same.push(inFile(entry, file));
    }
  const entries = new Map<string, Entry>();
  for (const [key, same] of byKey) entries.set(key, merged(same, [...path, key]));
  const data = Object.fromEntries([...entries].map(([key, { spot }]) => [key, spot.data]));
  return { data, range: last.range, entries, ...defined({ head: firstKey(last) }) };
}

function mergedList(layers: readonly Entry[], { range }: Spot, way: 'byName' | 'joined'): Spot {
  const lists = layers.map(({ spot, file }) =>
    hasItems(spot) ? [...spot.entries.values()].map((item) => inFile(item, file)) : [],
  );
  const items = way === 'joined' ? lists.flat() : lastOfEachName(lists);
  const entries = new Map(items.map((item, index) => [index, item]));
  return { data: items.map(({ spot }) => spot.data), range, entries };
}

/** The items of all lists, but those whose name a later list has as well. */
function lastOfEachName(lists: readonly Entry[][]): Entry[] {
  const lastWith = new Map<string, number>();
  for (const [index, list] of lists.entries())
    for (const item of list) lastWith.set(nameOf(item) ?? '', index);
  return lists.flatMap((list, index) =>
    list.filter((item) => {
      const name = nameOf(item);
      return name === undefined || lastWith.get(name) === index;
    }),
  );
}

function nameOf({ spot }: Entry): string | undefined {
  const name = hasKeys(spot) ? spot.entries.get('name')?.spot.data : undefined;
  return typeof name === 'string' ? normalName(name) : undefined;
}

export function hasKeys(spot: Spot): spot is Mapping {
  return spot.entries !== undefined && !Array.isArray(spot.data);
}

function hasItems(spot: Spot): spot is List {
  return spot.entries !== undefined && Array.isArray(spot.data);
}
