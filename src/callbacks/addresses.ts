import { SignJWT } from 'jose';
import type { CallbackClaims } from '../domain/callbacks.js';
import { fingerprintsOf } from './fingerprints.js';
import { type CallbackKey, prepareKey } from './keys.js';
import { ALGORITHM, payloadOf } from './token.js';

export interface CallbackAddresses {
  /**
   * The address of a callback. For the same step it is the same each time, until the key changes.
   *
   * @param secrets - the values that the called system gets, so that a gateway can recognise them in
   *   what comes back
   * @returns `<publicUrl>/callbacks/<token>`; the callback is sent to this with `/callback` behind it
   */
  issue(claims: Omit<CallbackClaims, 'secrets'>, secrets: readonly string[]): Promise<string>;
}

/**
 * Makes the addresses of callbacks. Each is a capability: whoever has it may answer one step of one
 * run, once, until it expires.
 *
 * @param settings.publicUrl - where the gateway is reached, without a slash at its end
 * @param settings.keys - the first one signs
 */
export function createCallbackAddresses(settings: {
  publicUrl: string;
  keys: readonly CallbackKey[];
}): CallbackAddresses {
  const [first] = settings.keys;
  if (first === undefined) throw new Error('there is no callback key');
  const { id, signing, fingerprinting } = prepareKey(first);
  return {
    async issue(claims, values) {
      const secrets = fingerprintsOf(values, fingerprinting);
      const token = await new SignJWT(payloadOf({ ...claims, secrets }))
        .setProtectedHeader({ alg: ALGORITHM, kid: id })
        .sign(signing);
      return `${settings.publicUrl}/callbacks/${token}`;
    },
  };
}
