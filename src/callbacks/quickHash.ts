import { SHORTEST_RECOGNISED } from '../domain/redaction.js';

/** How much of a text is hashed, in UTF-16 code units: all of the shortest secret. */
const QUICK_LENGTH = SHORTEST_RECOGNISED;

/** Three hexadecimal digits for the {@link QUICK_LENGTH} code units of a text from a place on. */
export type QuickHash = (text: string, at: number) => string;

/** A prime, so small that the sum below is exact. */
const PRIME = 2 ** 31 - 1;

/**
 * A hash that costs next to nothing, and tells nothing of a text to who has no key: it is linear
 * with secret coefficients, so that every value is equally likely for every text.
 *
 * @param key - at least 20 bytes
 */
export function createQuickHash(key: Buffer): QuickHash {
  const [offset = 0, ...factors] = Array.from(
    { length: QUICK_LENGTH + 1 },
    (_, index) => key.readUInt32BE(4 * index) % PRIME,
  );
  return (text, at) => {
    let sum = offset;
    factors.forEach((factor, index) => (sum += factor * text.charCodeAt(at + index)));
    return ((sum % PRIME) & 0xfff).toString(16).padStart(3, '0');
  };
}
