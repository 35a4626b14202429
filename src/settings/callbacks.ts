import type { WrittenCallbacks } from './schema.js';
import { readSecretFrom, type SettingsFile } from './secretFrom.js';
import { plainHttpWarning, type SettingsWarnings } from './warnings.js';

/** How callbacks of webhooks reach this installation. */
export interface CallbackSettings {
  /** Where the gateway is reached from outside, without a slash at its end. */
  publicUrl: string;
  /** The first signs new addresses; addresses that any of them signed are accepted. */
  keys: readonly CallbackKey[];
}

export interface CallbackKey {
  /** Stands in the addresses that it signed; not secret. */
  id: string;
  secret: string;
}

/** The address of a callback is all that is needed to answer it. */
export function callbackWarnings({ publicUrl }: CallbackSettings): SettingsWarnings {
  return plainHttpWarning(
    publicUrl,
    'callbacks.publicUrl: whoever has the address of a callback can answer it',
  );
}

/** As long as the hash that it is used with: shorter ones can be guessed. */
const KEY = /^.{32,}$/s;

/** @throws SluiceError `invalidSettings` when a key cannot be read or is too short */
export async function readCallbacks(
  written: WrittenCallbacks,
  origin: SettingsFile,
): Promise<CallbackSettings> {
  const rule = { pattern: KEY, text: 'a key has at least 32 characters' };
  const keys = written.keys.map(async ({ id, secretFrom }) => {
    const what = `the callback key ${id}`;
    return { id, secret: await readSecretFrom(secretFrom, { what, rule }, origin) };
  });
  return { publicUrl: written.publicUrl, keys: await Promise.all(keys) };
}
