import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

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
  fingerprinting: KeyObject;
}

/**
 * Fingerprints have a key of their own. With one key for both, whoever may write a secret could have
 * a forged address signed: its fingerprint would be the signature.
 */
export function prepareKey({ id, secret }: CallbackKey): PreparedKey {
  const signing = createSecretKey(secret, 'utf8');
  const derived = createHmac('sha256', signing).update('fingerprints of secrets').digest();
  return { id, signing, fingerprinting: createSecretKey(derived) };
}
