import { resolve } from 'node:path';
import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import type { ProviderSettings } from '../metrics/registry.js';
import { callbackWarnings, type CallbackSettings, readCallbacks } from './callbacks.js';
import { type Environment, variable } from './environment.js';
import { readExternalIds } from './externalIds.js';
import { readProviders } from './providers.js';
import {
  DEFAULT_REQUESTS_PER_SECOND,
  type AccessRule,
  type AddressRule,
  type SecretSettings,
} from './schema.js';
import type { SettingsWarnings } from './warnings.js';
import { readWritten } from './written.js';

/** What a settings file says, with every secret that it refers to read from where it lies. */
export interface Settings {
  /** The file's path; absent when there is none. */
  file?: string;
  /** Account id to the external id that its deploy roles ask for. */
  externalIds: ReadonlyMap<string, string>;
  /** Absent: every application may use every role. */
  roles?: readonly AccessRule[];
  /** Absent: the webhooks of every application may be called by every agent. */
  agents?: readonly AccessRule[];
  /** Control-plane requests a second that this worker sends, per account and region. */
  requestsPerSecond: number;
  /** Where AWS is called. Absent: where the AWS SDK does. */
  endpoints?: AwsEndpoints;
  /** Absent: webhooks cannot wait for callbacks. */
  callbacks?: CallbackSettings;
  /** Where `{{secrets.…}}` come from. Absent: there are none. Directories are absolute paths. */
  secrets?: SecretSettings;
  /** Ranges of addresses that webhooks may call although they are not public. Absent: none. */
  network?: { allow: readonly string[]; rules: readonly AddressRule[] };
  metricProviders: ReadonlyMap<string, ProviderSettings>;
  /** Provider to the applications that may ask it; every application may where it is not there. */
  providerUsers?: ReadonlyMap<string, readonly string[]>;
  warnings: SettingsWarnings;
}

/**
 * Reads the file that SLUICE_SETTINGS names. Without the variable: no external ids, every role
 * allowed, {@link DEFAULT_REQUESTS_PER_SECOND}, and no callbacks, secrets or metric providers.
 *
 * @throws SluiceError `invalidSettings` when the file cannot be read or used
 */
export async function readSettings(environment: Environment): Promise<Settings> {
  const name = variable(environment, 'SLUICE_SETTINGS');
  if (name === undefined) {
    return {
      externalIds: new Map(),
      requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
      metricProviders: new Map(),
      warnings: [],
    };
  }
  const { written, file, origin } = await readWritten(name, environment);
  const { roles, agents, network, secrets } = written;
  const { requestsPerSecond, ...endpoints } = written.aws;
  const callbacks = written.callbacks && (await readCallbacks(written.callbacks, origin));
  const { warnings, ...providers } = await readProviders(written.metricProviders, origin);
  return {
    file,
    externalIds: await readExternalIds(written.accounts, origin),
    ...defined({ roles, agents, network, callbacks }),
    requestsPerSecond,
    endpoints: defined(endpoints),
    ...(secrets !== undefined && { secrets: withAbsolutePaths(secrets, origin.folder) }),
    ...providers,
    warnings: [...(callbacks === undefined ? [] : callbackWarnings(callbacks)), ...warnings],
  };
}

function withAbsolutePaths(secrets: SecretSettings, folder: string): SecretSettings {
  const from = secrets.from.map((source) =>
    source.directory === undefined
      ? source
      : { ...source, directory: resolve(folder, source.directory) },
  );
  return { ...secrets, from };
}
