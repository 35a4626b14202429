import type { CallbackKey } from '../domain/callbacks.js';

/** What every token of a callback address says of itself. */
export const ISSUER = 'sluice';
export const AUDIENCE = 'callback';
export const ALGORITHM = 'HS256';

/** The claims under short names, because an address has to stay short. */
export interface TokenClaims {
  /** Namespace. */
  n: string;
  /** Workflow id. */
  w: string;
  /** Run id. */
  r: string;
  /** Gate. */
  g: string;
  /** Fingerprints of secrets: length and hash. */
  s: [number, string][];
}

export function keyBytes({ secret }: CallbackKey): Uint8Array {
  return new TextEncoder().encode(secret);
}
