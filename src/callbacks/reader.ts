import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { CallbackClaims, CallbackKey } from '../domain/callbacks.js';
import { blotted } from './fingerprints.js';
import { ALGORITHM, AUDIENCE, ISSUER, keyBytes, type TokenClaims } from './token.js';

/** A callback address that is good. */
export interface ReadAddress {
  claims: CallbackClaims;
  /** A text without the secrets of the call. */
  blot(text: string): string;
}

/** Reads the tokens of callback addresses. */
export class CallbackReader {
  readonly #keys: ReadonlyMap<string, CallbackKey>;

  constructor(keys: readonly CallbackKey[]) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  /**
   * @returns `forged` for whatever was not signed with one of the keys as this project signs, and
   *   `expired` for what was, too long ago
   */
  async read(token: string): Promise<ReadAddress | 'forged' | 'expired'> {
    let key: CallbackKey | undefined;
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid = '' }) => {
          key = this.#keys.get(kid);
          if (key === undefined) throw new Error('no such key');
          return keyBytes(key);
        },
        {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['exp', 'n', 'w', 'r', 'g', 's'],
        },
      );
      const claims = claimsOf(payload as JWTPayload & TokenClaims);
      const { secret } = key as unknown as CallbackKey;
      return { claims, blot: (text) => blotted(text, claims.secrets, secret) };
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : 'forged';
    }
  }
}

function claimsOf({ n, w, r, g, s, exp = 0 }: JWTPayload & TokenClaims): CallbackClaims {
  return {
    namespace: n,
    workflowId: w,
    runId: r,
    gate: g,
    expiresAt: new Date(exp * 1000).toISOString(),
    secrets: s.map(([length, hash]) => ({ length, hash })),
  };
}
