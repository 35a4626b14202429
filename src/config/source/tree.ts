import type { TextRange } from './faults.js';
import type { Place } from '../path.js';

/** A value of the file: as plain data, and where it is written. */
export interface Spot {
  data: unknown;
  range: TextRange;
  /** What is inside a mapping or a list. */
  entries?: Map<string | number, Entry>;
}

export interface Entry {
  /** Absent in lists. */
  key?: TextRange;
  spot: Spot;
}

/** Where a place is written. What is not there is found at what should have held it. */
export function rangeOf(root: Spot, place: Place): TextRange {
  let entry: Entry = { spot: root };
  for (const segment of place.path) {
    const next = entry.spot.entries?.get(segment);
    if (next === undefined) return headOf(entry);
    entry = next;
  }
  const { range } = entry.spot;
  return place.part === 'key' || range.end === range.start ? headOf(entry) : range;
}

/** The key in front of a value; of a list's item, which has none, its own first key. */
function headOf({ key, spot }: Entry): TextRange {
  if (key !== undefined) return key;
  const [first] = spot.entries?.values() ?? [];
  return first?.key ?? spot.range;
}

/** The keys of a mapping in the order of the file, which plain data loses for those like numbers. */
export function keysAt(root: Spot, key: string): string[] {
  return [...(root.entries?.get(key)?.spot.entries?.keys() ?? [])].map(String);
}
