import type { TextRange } from './faults.js';
import type { Place } from '../path.js';

/** A value of the file: as plain data, and where it is written. */
export interface Spot {
  data: unknown;
  range: TextRange;
  /** What is inside a mapping or a list. */
  entries?: Map<string | number, Entry>;
  /** Its own first key, where the first of the entries is one of another file. */
  head?: TextRange;
}

export interface Entry {
  /** Absent in lists. */
  key?: TextRange;
  spot: Spot;
  /** The included file that it is written in; absent, it is in the file that its holder is in. */
  file?: string;
}

/** A stretch of the text of one of the files. */
export interface Stretch {
  range: TextRange;
  /** Absent for the deployment file itself. */
  file?: string;
}

/** Where a place is written. What is not there is found at what should have held it. */
export function stretchOf(root: Spot, place: Place): Stretch {
  let entry: Entry = { spot: root };
  for (const segment of place.path) {
    const next = entry.spot.entries?.get(segment);
    if (next === undefined) return headOf(entry);
    entry = inFile(next, entry.file);
  }
  const { range } = entry.spot;
  return place.part === 'key' || range.end === range.start
    ? headOf(entry)
    : stretch(range, entry.file);
}

/** The key in front of a value; of a list's item, which has none, its own first key. */
function headOf({ key, spot, file }: Entry): Stretch {
  return stretch(key ?? spot.head ?? firstKey(spot) ?? spot.range, file);
}

/** Where the first key of a mapping stands. */
export function firstKey({ entries }: Spot): TextRange | undefined {
  const [first] = entries?.values() ?? [];
  return first?.key;
}

/** An entry that knows its file, whatever holds it. */
export function inFile(entry: Entry, file: string | undefined): Entry {
  return file === undefined || entry.file !== undefined ? entry : { ...entry, file };
}

function stretch(range: TextRange, file: string | undefined): Stretch {
  return { range, ...(file !== undefined && { file }) };
}

/** The keys of a mapping in the order of the file, which plain data loses for those like numbers. */
export function keysAt(root: Spot, key: string): string[] {
  return [...(root.entries?.get(key)?.spot.entries?.keys() ?? [])].map(String);
}
