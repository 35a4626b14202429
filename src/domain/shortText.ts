import { withoutUnprintable } from './printable.js';

/** The longest comment that is kept of a message, in characters. */
export const MAX_COMMENT = 300;

/** The longest that is kept of who started what, from which commit, and of an id, in characters. */
export const MAX_ORIGIN = 200;

/** The text of what somebody else may have written anything into, or undefined. */
export function textIn(value: unknown, length = MAX_ORIGIN): string | undefined {
  return typeof value === 'string' ? shortText(value, length) || undefined : undefined;
}

/** A text as it is kept: cut, without what cannot be printed. */
export function shortText(text: string, length: number): string {
  return withoutUnprintable(text.slice(0, length)).trim();
}
