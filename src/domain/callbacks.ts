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
  /**
   * A quick hash and the first 128 bits of an HMAC-SHA256 of its beginning, with keys that are
   * derived from the one that signed the address.
   */
  hash: string;
}
