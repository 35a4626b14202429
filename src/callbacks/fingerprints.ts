import { createHmac } from 'node:crypto';
import type { SecretFingerprint } from '../domain/callbacks.js';
import { MAX_MARKDOWN_READ } from '../domain/markdown.js';
import { bareTexts } from '../domain/readings.js';
import { blottedOut, SHORTEST_RECOGNISED, type LengthAt } from '../domain/redaction.js';
import type { FingerprintKey } from './keys.js';

/** How much of a secret its fingerprint is made of, in UTF-16 code units. */
const WINDOW = 512;

/** They make an address longer. */
const MAX_FINGERPRINTS = 24;

/** Of the HMAC, in characters of base64url: 128 bits. */
const HASH_LENGTH = 22;

/**
 * The fingerprints of secrets, and of what every form of them has in common. The secrets themselves
 * come first, should there be too many. Their order does not matter.
 */
export function fingerprintsOf(
  secrets: readonly string[],
  key: FingerprintKey,
): SecretFingerprint[] {
  const known = [...new Set(secrets)].sort();
  const forms = new Set([...known, ...known.flatMap(bareTexts)]);
  const long = [...forms].filter(({ length }) => length >= SHORTEST_RECOGNISED);
  return long.slice(0, MAX_FINGERPRINTS).map((text) => fingerprint(text, key));
}

function fingerprint(text: string, key: FingerprintKey): SecretFingerprint {
  return { length: text.length, hash: hashOf(text, 0, text.length, key) };
}

/** The quick hash, by which almost every place without a secret is passed over, and the real one. */
function hashOf(text: string, at: number, length: number, { quick, hmac }: FingerprintKey): string {
  const window = text.slice(at, at + Math.min(length, WINDOW));
  const real = createHmac('sha256', hmac).update(window).digest('base64url');
  return quick(text, at) + real.slice(0, HASH_LENGTH);
}

/**
 * As much of a text as is ever kept of Markdown, without the secrets that have one of the
 * fingerprints, in whatever form.
 *
 * @param token - of the address, which is a secret as well
 */
export function blotOut(
  text: string,
  fingerprints: readonly SecretFingerprint[],
  { key, token }: { key: FingerprintKey; token: string },
): string {
  const lengthAt = createSearch(fingerprints, key);
  const longest: LengthAt = (reading, at) =>
    reading.startsWith(token, at) ? token.length : lengthAt(reading, at);
  const longestRead = Math.max(WINDOW, token.length);
  return blottedOut(text, longest, longestRead, MAX_MARKDOWN_READ);
}

/** Makes what gives the length of the longest secret that begins at a place; 0 where none does. */
function createSearch(fingerprints: readonly SecretFingerprint[], key: FingerprintKey): LengthAt {
  const byQuickHash = new Map<string, SecretFingerprint[]>();
  for (const one of fingerprints) {
    const quick = one.hash.slice(0, -HASH_LENGTH);
    byQuickHash.set(quick, [...(byQuickHash.get(quick) ?? []), one]);
  }
  return (text, at) => {
    const candidates = byQuickHash.get(key.quick(text, at)) ?? [];
    const found = candidates.filter(({ length, hash }) => hashOf(text, at, length, key) === hash);
    return Math.max(0, ...found.map(({ length }) => length));
  };
}
