import type { Problem } from './diagnostics.js';
import { groupBy } from './grouping.js';
import type { Path, Place } from './path.js';

/** A problem of what a deployment says, at its place in the file or in the plan. */
export interface Finding extends Problem {
  place: Place;
}

/** What is wrong at a place; the rule that found it knows its code. */
export type Breach = Pick<Finding, 'place' | 'message' | 'remedy'>;

/** The first of the breaches at each place: an entry for many targets is wrong only once. */
export function oncePerPlace(breaches: readonly Breach[]): Breach[] {
  const byPlace = groupBy(breaches, ({ place }) => JSON.stringify(place));
  return [...byPlace.values()].flatMap(([first]) => first ?? []);
}

export function atKey(path: Path, message: string, remedy: string): Breach {
  return { place: { path, part: 'key' }, message, remedy };
}

export function atValue(path: Path, message: string, remedy: string): Breach {
  return { place: { path, part: 'value' }, message, remedy };
}
