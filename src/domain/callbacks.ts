import { shortText } from './requests.js';

/** What a gateway tells a target: a webhook's step has its answer. */
export const CALLBACK_SIGNAL = 'webhookCallback';

/** How long a callback is waited for, in milliseconds: 24 hours. */
export const MAX_CALLBACK_WAIT_MS = 24 * 60 * 60_000;

/** The longest message of a callback that is kept, in characters. */
export const MAX_CALLBACK_MESSAGE = 2000;

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
  /** HMAC-SHA256 of the secret with the key that signed the address, base64url. */
  hash: string;
}

/** The answer to a webhook's step, as the signal carries it. */
export interface CallbackAnswer {
  gate?: string;
  success: boolean;
  /** Markdown, cleaned. */
  mdMessage?: string;
  /** Who answers, where a person does so in the other system's place. */
  by?: string;
}

/**
 * Makes sense of whatever was sent. A gateway sends an answer that is well formed; a person may send
 * anything.
 *
 * @returns what cannot be understood, as the rest of a sentence
 */
export function readCallback(message: unknown): CallbackAnswer | { unclear: string } {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { unclear: 'has to come with {"gate": "…", "success": true} or false' };
  }
  const { gate, success, mdMessage, by } = message as Record<string, unknown>;
  if (typeof success !== 'boolean') return { unclear: 'does not say whether "success" is true' };
  if (gate !== undefined && typeof gate !== 'string') return { unclear: 'names no gate' };
  const text = typeof mdMessage === 'string' ? cleanMarkdown(mdMessage) : '';
  const who = typeof by === 'string' ? shortText(by, 100) : '';
  return {
    success,
    ...(gate !== undefined && { gate }),
    ...(text !== '' && { mdMessage: text }),
    ...(who !== '' && { by: who }),
  };
}

/**
 * Markdown from outside without what could do harm where it is shown: no HTML, no images (they are
 * loaded from where the sender likes), no links but to web pages and mail addresses, no control
 * characters, at most {@link MAX_CALLBACK_MESSAGE} characters. Cleaning twice changes nothing.
 */
export function cleanMarkdown(text: string): string {
  return text.slice(0, MAX_CALLBACK_MESSAGE);
}
