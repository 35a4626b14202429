import { inOneLine } from './markdown.js';
import { withoutUnprintable } from './printable.js';

/** What may be quoted of an answer, in characters. */
const MAX_QUOTED = 200;

/** The beginning of a text from outside, as the end of a sentence without its full stop. */
export function excerpt(text: string): string {
  return inOneLine(withoutUnprintable(text), MAX_QUOTED).replace(/\.$/, '');
}
