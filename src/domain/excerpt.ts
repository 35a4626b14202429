import { inOneLine } from './markdown.js';

/** What may be quoted of an answer, in characters. */
const MAX_QUOTED = 200;

/** The beginning of a text from outside, as the end of a sentence without its full stop. */
export function excerpt(text: string): string {
  const printable = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ');
  return inOneLine(printable, MAX_QUOTED).replace(/\.$/, '');
}
