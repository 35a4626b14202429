import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { createQuickHash, type QuickHash } from './quickHash.js';

/** A key of the installation's settings. */
export interface CallbackKey {
  /** Stands in the addresses that it signed; not secret. */
  id: string;
  /** At least 32 characters. */
  secret: string;
}

export interface PreparedKey {
  id: string;
  signing: KeyObject;
  fingerprinting: FingerprintKey;
}

export interface FingerprintKey {
  quick: QuickHash;
  hmac: KeyObject;
}

/**
 * Fingerprints have a key of their own. With one key for both, whoever may write a secret could have
 * a forged address signed: its fingerprint would be the signature.
 */
export function prepareKey({ id, secret }: CallbackKey): PreparedKey {
  const signing = createSecretKey(secret, 'utf8');
  const derived = (purpose: string) => createHmac('sha256', signing).update(purpose).digest();
  return {
    id,
    signing,
    fingerprinting: {
      quick: createQuickHash(derived('quick hashes of secrets')),
      hmac: createSecretKey(derived('fingerprints of secrets')),
    },
  };
}
