/**
 * What a name is, wherever one is written: in files and plans, in messages to a deployment, in
 * settings and on command lines. What is accepted in one place works in all of them.
 */

interface NameRecord {
  /** As a sentence calls it. */
  noun: string;
  /** In characters (code points). */
  maxLength: number;
  /** Characters that it cannot have, beside those that nobody sees. */
  without: string;
  /** These in words. */
  withoutText: string;
}

/** What ends a text in shells, in queries of Temporal's and in Sluice's own ids. */
const IN_IDS = { without: `:'"\`\\`, withoutText: 'colons, quotes, backslashes' };

/** Lists of targets have commas between them. */
const IN_LISTS = { without: `${IN_IDS.without},`, withoutText: `commas, ${IN_IDS.withoutText}` };

const ANY = { without: '', withoutText: 'line breaks' };

const records = {
  application: { noun: 'the application', maxLength: 100, ...IN_IDS },
  target: { noun: 'the target', maxLength: 64, ...IN_LISTS },
  strategy: { noun: 'the strategy', maxLength: 100, ...ANY },
  webhook: { noun: 'the webhook', maxLength: 100, ...ANY },
  query: { noun: 'the query', maxLength: 100, ...ANY },
  role: { noun: 'the role', maxLength: 100, ...ANY },
  provider: { noun: 'the metric provider', maxLength: 100, ...ANY },
  agent: { noun: 'the agent', maxLength: 100, ...ANY },
} satisfies Record<string, NameRecord>;

/** What has a name of people's own. */
export type NameKind = keyof typeof records;

/** What is known of the names of each kind. */
export const NAMES: Readonly<Record<NameKind, NameRecord>> = records;

/**
 * More than any name has, however its accents are encoded, in UTF-16 code units: each character of
 * one has at most four. Putting the accents of a text in order takes the square of their number.
 */
const LONGEST_WRITTEN = 500;

/**
 * A name without what nobody sees: white space around it, and how its accents are encoded. What is
 * far too long for a name stays as it is.
 */
export function normalName(name: string): string {
  const trimmed = name.trim();
  // eslint-disable-next-line no-restricted-syntax -- here the length is known
  return trimmed.length > LONGEST_WRITTEN ? trimmed : trimmed.normalize('NFC');
}

/**
 * Characters that leave no trace where a name is shown, so that two names would look like one; also
 * those that make emoji and ligatures of others, and white space but the plain blank.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?! )\s/u;

/** Why a text is no name of a kind, as the end of a sentence, or undefined when it is one. */
export function nameProblem(name: string, kind: NameKind): string | undefined {
  const { maxLength, without } = NAMES[kind];
  if (name.length === 0) return 'is empty';
  if (name.trim() !== name) return 'begins or ends with white space';
  if (normalName(name) !== name) return 'is not in Unicode normalisation form C';
  // Each character has one unit or two: a long text is not taken apart for being counted.
  if (name.length > 2 * maxLength || [...name].length > maxLength)
    return `is longer than ${maxLength} characters`;
  if (/\p{Cc}|[\u2028\u2029]/u.test(name)) return 'contains a control character';
  // Half of a surrogate pair is no character, and cannot be sent as UTF-8.
  if (/\p{Cs}/u.test(name)) return 'contains half a character';
  const invisible = INVISIBLE.exec(name)?.[0];
  if (invisible !== undefined) return `contains ${codePoint(invisible)}, which nobody sees`;
  const forbidden = [...without].find((character) => name.includes(character));
  return forbidden === undefined ? undefined : `contains ${forbidden}`;
}

/** The name that somebody means who writes a text, or why it is none, as the end of a sentence. */
export function readName(text: string, kind: NameKind): { name: string } | { problem: string } {
  const name = normalName(text);
  const problem = nameProblem(name, kind);
  return problem === undefined ? { name } : { problem };
}

function codePoint(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** How a name of a kind has to be, as a sentence that says how to mend one. */
export function nameRemedy(kind: NameKind): string {
  const { maxLength, withoutText } = NAMES[kind];
  return `Use 1 to ${maxLength} characters, without ${withoutText} and characters that nobody sees.`;
}

/**
 * The same for editors, which take white space around a name: it does not count. It knows the
 * characters up to U+FFFF. What is wrong with a name, the rules can say better.
 */
export function namePattern(kind: NameKind): string {
  const { maxLength, without } = NAMES[kind];
  const forbidden = without.replaceAll('\\', '\\\\');
  const others = `${forbidden}${HIDDEN}`;
  const [any, shown] = [`[^${others}]`, `[^\\s${others}]`];
  return `^\\s*${shown}(?:${any}{0,${maxLength - 2}}${shown})?\\s*$`;
}

/** Control and invisible characters as a JSON Schema can have them: without properties of Unicode. */
const HIDDEN = [
  ...['\\u0000-\\u001f', '\\u007f-\\u00a0', '\\u00ad', '\\u034f', '\\u061c', '\\u115f-\\u1160'],
  ...['\\u1680', '\\u17b4-\\u17b5', '\\u180b-\\u180f', '\\u2000-\\u200f', '\\u2028-\\u202f'],
  ...[
    '\\u205f-\\u206f',
    '\\u3000',
    '\\u3164',
    '\\ufe00-\\ufe0f',
    '\\ufeff',
    '\\uffa0',
    '\\ufff0-\\ufffb',
  ],
].join('');
