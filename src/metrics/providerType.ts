import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { z } from 'zod';
import type { TargetAccess } from '../domain/target.js';
import type { SecretFrom } from '../fields/secretFrom.js';
import type { AskLimits } from './limits.js';
import type { Provider } from './provider.js';

/**
 * Reads a secret that the settings of a provider refer to.
 *
 * @param what - for messages: `API key`
 */
export type ReadSecret = (what: string, from: SecretFrom) => Promise<string>;

/** What asks AWS as a role. */
export interface AwsClients {
  /** @throws ApplicationFailure when the application may not use the role */
  for(access: TargetAccess): { cloudWatch: CloudWatchClient };
  /** For a role that the settings name themselves, so that no rule has to allow it. */
  forRoleOfSettings(access: TargetAccess): { cloudWatch: CloudWatchClient };
}

/** What every provider is made with. */
export interface ProviderTools {
  clients: AwsClients;
  limits: AskLimits;
}

/** Everything that there is to know of one type of provider. */
export interface ProviderType<Written, Settings> {
  /** An entry of `metricProviders` in the settings file, told from the others by its `type`. */
  schema: z.ZodType<Written>;
  /** Reads the secrets that an entry refers to. */
  read(written: Written, secret: ReadSecret): Promise<Settings>;
  create(settings: Settings, tools: ProviderTools): Provider;
}
