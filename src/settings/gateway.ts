import { callbackWarnings, type CallbackSettings, readCallbacks } from './callbacks.js';
import { type Environment, variable } from './environment.js';
import type { GatewayLimits } from './schema.js';
import { SluiceError } from '../errors.js';
import type { SettingsWarnings } from './warnings.js';
import { readWritten } from './written.js';

/** What a settings file says to a gateway. */
export interface GatewaySettings extends GatewayLimits {
  /** The file's path. */
  file: string;
  callbacks: CallbackSettings;
  warnings: SettingsWarnings;
}

/**
 * Reads what a gateway needs of the file that SLUICE_SETTINGS names. Other secrets that the file
 * refers to are not read, so a gateway needs not have them.
 *
 * @throws SluiceError `invalidSettings` when there is no file, when it cannot be read or used, or
 *   when it has no `callbacks`
 */
export async function readGatewaySettings(environment: Environment): Promise<GatewaySettings> {
  const name = variable(environment, 'SLUICE_SETTINGS');
  if (name === undefined) throw missing('SLUICE_SETTINGS names no settings file');
  const { written, file, origin } = await readWritten(name, environment);
  const { gateway } = written;
  if (written.callbacks === undefined) throw missing(`the settings file ${name} has none`);
  const callbacks = await readCallbacks(written.callbacks, origin);
  return { file, callbacks, ...gateway, warnings: callbackWarnings(callbacks) };
}

function missing(what: string): SluiceError {
  return new SluiceError(
    'invalidSettings',
    `A gateway needs the settings \`callbacks\`, but ${what}. Give it the callbacks of the workers' ` +
      'settings, as in examples/settings.yaml, in a file that SLUICE_SETTINGS names.',
  );
}
