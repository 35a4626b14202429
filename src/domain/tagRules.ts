import { FUNCTION_TAG } from './marks.js';

/*
 * What AWS takes as tags of a function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 */

/** AWS takes 50, and one of them is the mark of a function that a deployment creates. */
export const MAX_TAGS = 49;

/** In characters of Unicode. */
export const MAX_TAG_KEY = 128;
export const MAX_TAG_VALUE = 256;

/** Keys that begin with `aws:`, in any letter case, are AWS's own; and one is Sluice's. */
export const TAG_KEY = /^(?![aA][wW][sS]:)(?!sluice:deployment$)/;

/** Whether AWS, or Sluice itself, alone writes tags with this key. */
export function isReservedTag(key: string): boolean {
  return key === FUNCTION_TAG || key.toLowerCase().startsWith('aws:');
}
