import { resolve } from 'node:path';
import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import type { ProviderSettings } from '../metrics/registry.js';
import { type CallbackSettings, readCallbacks } from './callbacks.js';
import { type Environment, variable } from './environment.js';
import { readExternalIds } from './externalIds.js';
import { readProviders } from './providers.js';
import { DEFAULT_REQUESTS_PER_SECOND, type RoleRule, type SecretSettings } from './schema.js';
import { readWritten } from './written.js';

/** What a settings file says, with every secret that it refers to read from where it lies. */
export interface Settings {
  /** The file's path; absent when there is none. */
  file?: string;
  /** Account id to the external id that its deploy roles ask for. */
  externalIds: ReadonlyMap<string, string>;
  /** Absent: every application may use every role. */
  roles?: readonly RoleRule[];
  /** Control-plane requests a second that this worker sends, per account and region. */
  requestsPerSecond: number;
  /** Where AWS is called. Absent: where the AWS SDK does. */
  endpoints?: AwsEndpoints;
  /** Absent: webhooks cannot wait for callbacks. */
  callbacks?: CallbackSettings;
  /** Where `{{secrets.…}}` come from. Absent: there are none. Directories are absolute paths. */
  secrets?: SecretSettings;
  /** Ranges of addresses that webhooks may call although they are not public. */
  allowedAddresses: readonly string[];
  metricProviders: ReadonlyMap<string, ProviderSettings>;
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
      allowedAddresses: [],
      metricProviders: new Map(),
    };
  }
  const { written, file, origin } = await readWritten(name, environment);
  const { roles, callbacks, secrets } = written;
  const { requestsPerSecond, ...endpoints } = written.aws;
  return {
    file,
    externalIds: await readExternalIds(written.accounts, origin),
    ...defined({ roles }),
    requestsPerSecond,
    endpoints: defined(endpoints),
    ...(callbacks !== undefined && { callbacks: await readCallbacks(callbacks, origin) }),
    ...(secrets !== undefined && { secrets: withAbsolutePaths(secrets, origin.folder) }),
    allowedAddresses: written.network?.allow ?? [],
    metricProviders: await readProviders(written.metricProviders, origin),
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
