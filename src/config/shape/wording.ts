import { quoted } from '../quoted.js';

/** The most words of a list in a sentence. */
export const LONGEST_LIST = 12;

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What the library expects, in words. */
export function kindText(expected: string): string {
  return KINDS[expected] ?? expected;
}

/** What stands there instead, in words. */
export function actualText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return typeof value === 'object' ? 'a mapping' : scalarText(value);
}

/** A number or a boolean, or from a program something that JSON does not even have. */
function scalarText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

/** `a`, `a and b`, `a, b and c`. */
export function allOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `a`, `a or b`, `a, b or c`; a long list ends in `…`. */
export function oneOf(words: readonly string[]): string {
  if (words.length > LONGEST_LIST) return `${words.slice(0, LONGEST_LIST).join(', ')}, …`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
