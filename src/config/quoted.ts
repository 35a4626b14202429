import { printable } from '../domain/printable.js';

const LONGEST_QUOTE = 80;

/** A value of the file within a sentence: printable, in quotes, and not too long. */
export function quoted(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `"${printable(shown)}"`;
}
