import { bareTexts, readingsOf, type Reading } from './readings.js';

/** What stands where a secret stood. */
// eslint-disable-next-line no-restricted-syntax -- here they are taken out
export const BLOT = '***';

/** The shortest secret that is recognised in every form, in UTF-16 code units. */
export const SHORTEST_RECOGNISED = 4;

/** Gives the length of the longest secret that begins at a place of a text; 0 where none does. */
export type LengthAt = (text: string, at: number) => number;

/**
 * A text with {@link BLOT} in the place of every secret, in whatever form: as it is, as addresses,
 * forms, JSON, quoted texts, HTML and base64 have it, and with anything invisible in it.
 *
 * @param longest - the length of the longest secret that there may be, in UTF-16 code units
 * @param most - how much of the text is kept, in UTF-16 code units. A secret that goes on beyond that
 *   is recognised all the same; everything else beyond costs nothing
 */
export function blottedOut(
  text: string,
  lengthAt: LengthAt,
  longest: number,
  most = text.length,
): string {
  const read = text.slice(0, most + LONGEST_FORM * longest);
  const blots = readingsOf(read).flatMap((reading) => blotsIn(reading, lengthAt, most));
  let kept = '';
  let until = 0;
  for (const { begin, end } of blots.sort((a, b) => a.begin - b.begin)) {
    // Secrets that overlap are one blot.
    if (begin >= until) kept += read.slice(until, begin) + BLOT;
    until = Math.max(until, end);
  }
  return kept + read.slice(until, Math.max(until, most));
}

/** How many characters stand for one in the longest form that is usual: `%E2%9C%85` in JSON, say. */
const LONGEST_FORM = 12;

/**
 * The same, where the secrets are known. Short ones are taken out only as they are.
 *
 * @param most - how much of the text is kept, in UTF-16 code units
 */
export function withoutSecrets(text: string, secrets: readonly string[], most?: number): string {
  const sorted = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  const isLong = (one: string) => one.length >= SHORTEST_RECOGNISED;
  const long = sorted.flatMap((secret) => [secret, ...bareTexts(secret)]).filter(isLong);
  const short = sorted.filter((secret) => !isLong(secret));
  return short.reduce(
    (rest, secret) => rest.replaceAll(secret, BLOT),
    blottedOut(text, longestOf([...new Set(long)]), sorted[0]?.length ?? 0, most),
  );
}

interface Blot {
  begin: number;
  end: number;
}

function blotsIn({ text, begins, ends, step }: Reading, lengthAt: LengthAt, most: number): Blot[] {
  const blots: Blot[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const begin = begins[at] ?? 0;
    if (begin + at * step >= most) break;
    const length = lengthAt(text, at);
    if (length > 0) blots.push({ begin, end: ends[at + length - 1] ?? ends.at(-1) ?? begin });
  }
  return blots;
}

/** Most places of a text are the beginning of none. */
function longestOf(needles: readonly string[]): LengthAt {
  const byFirst = new Map<string, string[]>();
  for (const needle of needles.toSorted((a, b) => b.length - a.length)) {
    const first = needle.charAt(0);
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [needle]);
    else known.push(needle);
  }
  return (text, at) =>
    byFirst.get(text.charAt(at))?.find((needle) => text.startsWith(needle, at))?.length ?? 0;
}
