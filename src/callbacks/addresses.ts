import { SignJWT } from 'jose';
import type { CallbackClaims, CallbackKey, CallbackSettings } from '../domain/callbacks.js';
import { fingerprintsOf } from './fingerprints.js';
import { ALGORITHM, AUDIENCE, ISSUER, keyBytes, type TokenClaims } from './token.js';

/** Makes addresses for callbacks: whoever has one can answer one step of one run, until it expires. */
export class CallbackAddresses {
  readonly #key: CallbackKey;

  constructor(private readonly settings: CallbackSettings) {
    const [key] = settings.keys;
    if (key === undefined) throw new Error('callback addresses need a key');
    this.#key = key;
  }

  /**
   * The same claims always give the same address, because a call may be made twice.
   *
   * @param secrets - of the call: the gateway blots them out of what comes back
   * @returns what `{{armory.callbackUri}}` stands for
   */
  async issue(
    { namespace, workflowId, runId, gate, expiresAt }: Omit<CallbackClaims, 'secrets'>,
    secrets: readonly string[],
  ): Promise<string> {
    const fingerprints = fingerprintsOf(secrets, this.#key.secret);
    const claims: TokenClaims = {
      n: namespace,
      w: workflowId,
      r: runId,
      g: gate,
      s: fingerprints.map(({ length, hash }) => [length, hash]),
    };
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.#key.id })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime(Math.floor(Date.parse(expiresAt) / 1000))
      .sign(keyBytes(this.#key));
    return `${this.settings.publicUrl}/callbacks/${token}`;
  }
}
