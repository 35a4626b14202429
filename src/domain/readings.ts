/** A text as somebody may read it, with the place that each of its characters comes from. */
export interface Reading {
  text: string;
  /** Where in the original the character at an index begins, and where it ends. */
  begins: readonly number[];
  ends: readonly number[];
  /** Where all come from one place: how much of the original each of them takes there, at least. */
  step: number;
}

/**
 * Every way in which a text can say something: as it is, without what encodings put in for a
 * character, and what stands in it in base64; each also without what nobody sees. What a reader of the
 * text would find, also after invisible characters and white space have been taken out or put in, is
 * in one of them.
 */
export function readingsOf(text: string): Reading[] {
  const asItIs = plain(text);
  const decoded = withoutEscapes(asItIs);
  const encoded = [...base64In(decoded)].flatMap((one) => [one, ...bareReadings(one)]);
  return [asItIs, decoded, ...bareReadings(asItIs), ...encoded];
}

/** What a text and every form of it have in common: {@link readingsOf} gives it for each. */
export function bareTexts(text: string): string[] {
  return bareReadings(plain(text)).map((reading) => reading.text);
}

/** What nobody sees may stand between the characters of an escape, or be what one stands for. */
function bareReadings(reading: Reading): Reading[] {
  const atLast = squeezed(withoutEscapes(reading));
  const atFirst = squeezed(withoutEscapes(squeezed(reading)));
  return atFirst.text === atLast.text ? [atLast] : [atLast, atFirst];
}

/** Nothing is encoded more often on its way through forms, JSON and addresses. */
const MOST_ESCAPED = 4;

/**
 * What stands for a character in an address or a form, inside of JSON or another quoted text (also
 * in Markdown, where a backslash makes a sign mean itself), and in HTML.
 */
const ESCAPES =
  /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}|\\u[\da-f]{4}|\\[^]|&(?:#x[\da-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi;

/**
 * White space, and what stands for it in forms; what nobody sees; half characters, and what is sent in
 * their place; what cleaning Markdown removes.
 */
const IGNORED = /[\s+!\ufffd\p{C}\p{Default_Ignorable_Code_Point}]/gu;

/** What they mean behind a backslash. */
const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function plain(text: string): Reading {
  const begins = Array.from({ length: text.length }, (_, at) => at);
  return { text, begins, ends: begins.map((at) => at + 1), step: 0 };
}

function withoutEscapes(reading: Reading): Reading {
  let read = reading;
  for (let times = 0; times < MOST_ESCAPED; times += 1) {
    const next = replaced(read, ESCAPES, meantBy);
    if (next.text === read.text) break;
    read = next;
  }
  return read;
}

function squeezed(reading: Reading): Reading {
  return replaced(reading, IGNORED, () => '');
}

function meantBy(escape: string): string {
  if (escape.startsWith('%')) return percentDecoded(escape);
  if (/^\\u.{4}$/i.test(escape)) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  if (escape.startsWith('\\')) return LETTERS[escape.charAt(1)] ?? escape.slice(1);
  const name = escape.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return NAMED[name] ?? escape;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
}

function percentDecoded(escape: string): string {
  try {
    return decodeURIComponent(escape);
  } catch {
    return escape;
  }
}

/** A reading in which what fits the pattern is something else. */
function replaced(
  { text, begins, ends, step }: Reading,
  pattern: RegExp,
  replacement: (found: string) => string,
): Reading {
  const made: { text: string; begins: number[]; ends: number[] } = {
    text: '',
    begins: [],
    ends: [],
  };
  const add = (part: string, beginsAt: (index: number) => number, endsAt: typeof beginsAt) => {
    made.text += part;
    for (let index = 0; index < part.length; index += 1) {
      made.begins.push(begins[beginsAt(index)] ?? 0);
      made.ends.push(ends[endsAt(index)] ?? 0);
    }
  };
  let at = 0;
  const copyTo = (end: number) => {
    const from = at;
    add(
      text.slice(from, end),
      (index) => from + index,
      (index) => from + index,
    );
  };
  for (const { 0: found, index: first } of text.matchAll(pattern)) {
    copyTo(first);
    at = first + found.length;
    const last = at - 1;
    add(
      replacement(found),
      () => first,
      () => last,
    );
  }
  copyTo(text.length);
  return { ...made, step };
}

/** Shorter ones cannot hold what is worth looking for. */
const BASE64 = /[\w+/-]{6,}/g;

/** Both alphabets, from each place on at which a group of four characters may begin. */
function* base64In({ text, begins, ends }: Reading): Generator<Reading> {
  for (const { 0: found, index } of text.matchAll(BASE64)) {
    const begin = begins[index] ?? 0;
    const end = ends[index + found.length - 1] ?? 0;
    for (let from = 0; from < 4; from += 1) {
      const decoded = base64Decoded(found.slice(from));
      const all = (place: number) => Array<number>(decoded.length).fill(place);
      yield { text: decoded, begins: all(begin), ends: all(end), step: 1 };
    }
  }
}

function base64Decoded(text: string): string {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  const whole = standard.length % 4 === 1 ? standard.slice(0, -1) : standard;
  const bytes = Uint8Array.from(atob(whole), (byte) => byte.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
