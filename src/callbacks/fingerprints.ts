import { createHmac } from 'node:crypto';
import type { SecretFingerprint } from '../domain/callbacks.js';

/** Shorter texts are in every message. */
const LEAST_LENGTH = 4;

/** An address has to stay short. */
const MOST = 24;

/** Of the hash, in characters of base64url: 128 bits. */
const HASH_LENGTH = 22;

/** Fingerprints of secrets as they are, and as JSON, a URL or base64 has them. */
export function fingerprintsOf(secrets: readonly string[], key: string): SecretFingerprint[] {
  const forms = new Set(secrets.flatMap(formsOf).filter(({ length }) => length >= LEAST_LENGTH));
  return [...forms].slice(0, MOST).map((form) => ({ length: form.length, hash: hash(form, key) }));
}

/** A text in which everything that has one of the fingerprints is `***`. */
export function blotted(
  text: string,
  fingerprints: readonly SecretFingerprint[],
  key: string,
): string {
  const hashes = new Set(fingerprints.map((one) => one.hash));
  // The longest first: one may be a part of another.
  const lengths = [...new Set(fingerprints.map(({ length }) => length))].sort((a, b) => b - a);
  return lengths.reduce((rest, length) => blottedOf(rest, length, hashes, key), text);
}

function blottedOf(text: string, length: number, hashes: Set<string>, key: string): string {
  let cleaned = '';
  let from = 0;
  for (let at = 0; at + length <= text.length; at += 1) {
    if (!hashes.has(hash(text.slice(at, at + length), key))) continue;
    cleaned += `${text.slice(from, at)}***`;
    from = at + length;
    at = from - 1;
  }
  return cleaned + text.slice(from);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.replaceAll(/\p{Cs}/gu, '')),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

function hash(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, HASH_LENGTH);
}
