import { createHmac } from 'node:crypto';
import type { SecretFingerprint } from '../domain/callbacks.js';
import { MAX_MARKDOWN_READ } from '../domain/markdown.js';
import type { FingerprintKey } from './keys.js';
import { QUICK_LENGTH } from './quickHash.js';

/** Shorter values stand in every text, so that blotting them out would tell more than it hides. */
const SHORTEST = QUICK_LENGTH;

/** How much of a secret its fingerprint is made of, in UTF-16 code units. */
const WINDOW = 512;

/** They make an address longer. */
const MAX_FINGERPRINTS = 24;

/** Of the HMAC, in characters of base64url: 128 bits. */
const HASH_LENGTH = 22;

/** What stands where a secret stood. */
const BLOT = '***';

/**
 * The fingerprints of secrets and of the forms that they have inside JSON, addresses and base64. The
 * secrets themselves come first, should there be too many. Their order does not matter.
 */
export function fingerprintsOf(
  secrets: readonly string[],
  key: FingerprintKey,
): SecretFingerprint[] {
  const known = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST).sort();
  const forms = new Set(FORMS.flatMap((form) => known.map(form)));
  return [...forms].slice(0, MAX_FINGERPRINTS).map((text) => fingerprint(text, key));
}

const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => JSON.stringify(secret).slice(1, -1),
  // Half characters, which no address can have, are replaced as when the secret is sent.
  (secret) => encodeURIComponent(Buffer.from(secret).toString()),
  // Without what fills the end up: it is there in one variant of base64 and not in another.
  (secret) => Buffer.from(secret).toString('base64').replaceAll('=', ''),
];

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
 * As much of a text as is ever kept of Markdown, with `***` in the place of every secret that has one
 * of the fingerprints, also of one that goes on beyond that.
 */
export function blotOut(
  text: string,
  fingerprints: readonly SecretFingerprint[],
  key: FingerprintKey,
): string {
  const lengthAt = createSearch(text, fingerprints, key);
  let [kept, blottedUntil] = ['', 0];
  for (let at = 0; at < Math.min(text.length, MAX_MARKDOWN_READ); at += 1) {
    const length = lengthAt(at);
    if (length > 0) {
      // Secrets that overlap are one blot.
      if (at >= blottedUntil) kept += BLOT;
      blottedUntil = Math.max(blottedUntil, at + length);
    }
    if (at >= blottedUntil) kept += text.charAt(at);
  }
  return kept;
}

/** Makes what gives the length of the longest secret that begins at a place; 0 where none does. */
function createSearch(
  text: string,
  fingerprints: readonly SecretFingerprint[],
  key: FingerprintKey,
): (at: number) => number {
  const byQuickHash = new Map<string, SecretFingerprint[]>();
  for (const one of fingerprints) {
    const quick = one.hash.slice(0, -HASH_LENGTH);
    byQuickHash.set(quick, [...(byQuickHash.get(quick) ?? []), one]);
  }
  return (at) => {
    const candidates = byQuickHash.get(key.quick(text, at)) ?? [];
    const found = candidates.filter(({ length, hash }) => hashOf(text, at, length, key) === hash);
    return Math.max(0, ...found.map(({ length }) => length));
  };
}
