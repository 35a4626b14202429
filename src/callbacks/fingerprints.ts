import { createHmac, type KeyObject } from 'node:crypto';
import type { SecretFingerprint } from '../domain/callbacks.js';
import { MAX_MARKDOWN_READ } from '../domain/markdown.js';

/** Shorter values stand in every text, so that blotting them out would tell more than it hides. */
const SHORTEST = 4;

/** How much of a secret its fingerprint is made of, in UTF-16 code units. */
const WINDOW = 512;

/** They make an address longer, and a message slower to look through. */
const MAX_FINGERPRINTS = 24;

/** 128 bits. */
const HASH_LENGTH = 22;

/** What stands where a secret stood. */
const BLOT = '***';

/**
 * The fingerprints of secrets and of the forms that they have inside JSON, addresses and base64. The
 * secrets themselves come first, should there be too many. Their order does not matter.
 */
export function fingerprintsOf(secrets: readonly string[], key: KeyObject): SecretFingerprint[] {
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
  (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

function fingerprint(text: string, key: KeyObject): SecretFingerprint {
  return { length: text.length, hash: hashOf(text.slice(0, WINDOW), key) };
}

function hashOf(text: string, key: KeyObject): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, HASH_LENGTH);
}

/**
 * As much of a text as is ever kept of Markdown, with `***` in the place of every secret that has one
 * of the fingerprints, also of one that goes on beyond that.
 */
export function blotOut(
  text: string,
  fingerprints: readonly SecretFingerprint[],
  key: KeyObject,
): string {
  const windows = windowsOf(fingerprints);
  let [kept, blottedUntil] = ['', 0];
  for (let at = 0; at < Math.min(text.length, MAX_MARKDOWN_READ); at += 1) {
    const length = secretAt(at, text, windows, key);
    if (length > 0) {
      // Secrets that overlap are one blot.
      if (at >= blottedUntil) kept += BLOT;
      blottedUntil = Math.max(blottedUntil, at + length);
    }
    if (at >= blottedUntil) kept += text.charAt(at);
  }
  return kept;
}

/** Length of what was hashed to hash to the secret's length. */
type Windows = ReadonlyMap<number, ReadonlyMap<string, number>>;

function windowsOf(fingerprints: readonly SecretFingerprint[]): Windows {
  const windows = new Map<number, Map<string, number>>();
  for (const { length, hash } of fingerprints) {
    const window = Math.min(length, WINDOW);
    const lengths = windows.get(window) ?? new Map<string, number>();
    windows.set(window, lengths.set(hash, length));
  }
  return windows;
}

/** The length of the longest secret that begins there; 0 where none does. */
function secretAt(at: number, text: string, windows: Windows, key: KeyObject): number {
  let longest = 0;
  for (const [window, lengths] of windows) {
    if (at + window > text.length) continue;
    const length = lengths.get(hashOf(text.slice(at, at + window), key)) ?? 0;
    longest = Math.max(longest, length);
  }
  return longest;
}
