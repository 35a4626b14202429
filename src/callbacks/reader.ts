import { errors, jwtVerify, type JWTHeaderParameters } from 'jose';
import type { CallbackClaims } from '../domain/callbacks.js';
import { blotOut } from './fingerprints.js';
import { type CallbackKey, prepareKey, type PreparedKey } from './keys.js';
import { ALGORITHM, AUDIENCE, claimsOf, ISSUER } from './token.js';

/**
 * Why an address is not accepted.
 *
 * - `forged`: nobody with a key made it, or something became of it on its way.
 * - `unknownKey`: it names a key that is not in the settings, or not any more.
 * - `expired`: it was a good one.
 */
export type TokenProblem = 'forged' | 'unknownKey' | 'expired';

export interface ReadToken {
  claims: CallbackClaims;
  /**
   * As much of a text as is ever kept of Markdown, with `***` in the place of the token and of the
   * secrets that the called system got.
   */
  redact: (text: string) => string;
}

export type CallbackReader = (token: string) => Promise<ReadToken | { problem: TokenProblem }>;

/**
 * Makes what reads the token of a callback's address.
 *
 * @param keys - any of them may have signed it
 */
export function createCallbackReader(keys: readonly CallbackKey[]): CallbackReader {
  const prepared = new Map(keys.map((key) => [key.id, prepareKey(key)]));
  return async (token) => {
    try {
      return await read(token, prepared);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  };
}

async function read(token: string, keys: ReadonlyMap<string, PreparedKey>): Promise<ReadToken> {
  const keyOf = ({ kid }: JWTHeaderParameters) => {
    const key = keys.get(kid ?? '');
    if (key === undefined) throw new UnknownKey();
    return key;
  };
  const { payload, protectedHeader } = await jwtVerify(token, (header) => keyOf(header).signing, {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: ['exp'],
  });
  const claims = claimsOf(payload);
  const { fingerprinting } = keyOf(protectedHeader);
  return {
    claims,
    redact: (text) => blotOut(text, claims.secrets, { key: fingerprinting, token }),
  };
}

class UnknownKey extends Error {}

function problemOf(error: unknown): TokenProblem {
  if (error instanceof UnknownKey) return 'unknownKey';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JOSEError) return 'forged';
  throw error;
}
