import { SluiceError } from '../errors.js';
import { webAddress } from '../fields/webAddress.js';
import { type Environment, variable } from './environment.js';

/**
 * Where the Temporal UI is, without a slash at its end, for links in webhooks.
 *
 * @returns undefined when SLUICE_UI_URL is not set
 * @throws SluiceError `invalidSettings` when it is no address
 */
export function readUiUrl(environment: Environment): string | undefined {
  const value = variable(environment, 'SLUICE_UI_URL');
  if (value === undefined) return undefined;
  const read = webAddress.safeParse(value);
  if (read.success) return read.data;
  const problem = read.error.issues[0]?.message ?? 'is no address';
  throw new SluiceError('invalidSettings', `SLUICE_UI_URL ${problem}.`);
}
