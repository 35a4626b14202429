import { canBeReadOnItsWay } from '../domain/plainHttp.js';

/** What settings allow that somebody should look at, in sentences. */
export type SettingsWarnings = readonly string[];

/**
 * A warning where an address is one to which secrets should not be sent.
 *
 * @param what - is sent there: `callbacks.publicUrl: whoever reads the address of a callback can answer it`
 */
export function plainHttpWarning(address: string, what: string): SettingsWarnings {
  if (!canBeReadOnItsWay(address)) return [];
  return [
    `${what}, and what is sent to ${address} can be read on its way. Let it begin with https.`,
  ];
}
