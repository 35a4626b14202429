import type { JWTPayload } from 'jose';
import type { CallbackClaims } from '../domain/callbacks.js';

export const ALGORITHM = 'HS256';

/** Whoever else signs with the same key makes no callback addresses. */
export const ISSUER = 'sluice';
export const AUDIENCE = 'callback';

/** The claims by short names: they stand in an address. */
interface Payload extends JWTPayload {
  /** namespace */
  n: string;
  /** workflowId */
  w: string;
  /** runId */
  r: string;
  /** gate */
  g: string;
  /** secrets: length and hash of each */
  s: [length: number, hash: string][];
}

/** `exp` has whole seconds: it is rounded up, so that an address lasts as long as its step waits. */
export function payloadOf(claims: CallbackClaims): Payload {
  const { namespace, workflowId, runId, gate, secrets, expiresAt } = claims;
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    exp: Math.ceil(Date.parse(expiresAt) / 1000),
    n: namespace,
    w: workflowId,
    r: runId,
    g: gate,
    s: secrets.map(({ length, hash }) => [length, hash]),
  };
}

/** @param payload - whose signature is good: Sluice has made it */
export function claimsOf(payload: JWTPayload): CallbackClaims {
  const { n, w, r, g, s, exp = 0 } = payload as Payload;
  return {
    namespace: n,
    workflowId: w,
    runId: r,
    gate: g,
    expiresAt: new Date(exp * 1000).toISOString(),
    secrets: s.map(([length, hash]) => ({ length, hash })),
  };
}
