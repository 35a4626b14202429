/** How long a callback is waited for, in milliseconds: 24 hours. */
export const MAX_CALLBACK_WAIT_MS = 24 * 60 * 60_000;

/** The signal of a callback. Its input is {@link CallbackMessage}. */
export const CALLBACK_SIGNAL = 'webhookCallback';

/** What a gateway tells a target: a webhook's step has its answer. */
export interface CallbackMessage {
  gate: string;
  success: boolean;
  /** Markdown. */
  mdMessage?: string;
}

/** What a callback address is good for: the answer to one step of one run, until it expires. */
export interface CallbackClaims {
  namespace: string;
  /** The target's. */
  workflowId: string;
  runId: string;
  gate: string;
  /** ISO 8601. */
  expiresAt: string;
  /** By these the gateway recognises secrets of the call that come back in a message. */
  secrets: SecretFingerprint[];
}

/** How to recognise a secret without knowing it. */
export interface SecretFingerprint {
  /** In UTF-16 code units. */
  length: number;
  /** Half of the HMAC-SHA256 of the secret with the key that signed the address, base64url. */
  hash: string;
}

/** How callbacks reach an installation. */
export interface CallbackSettings {
  /** Where the gateway is reached from outside, without a slash at its end. */
  publicUrl: string;
  /** The first signs new addresses; addresses that any of them signed are accepted. */
  keys: readonly CallbackKey[];
}

/** A key that signs callback addresses. */
export interface CallbackKey {
  /** Stands in the addresses that it signed; not secret. */
  id: string;
  /** At least 32 characters. */
  secret: string;
}
