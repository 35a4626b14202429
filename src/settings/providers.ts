import type { SecretFrom, WrittenProvider } from './schema.js';
import { readSecretFrom, type SettingsFile } from './secretFrom.js';

/** A metric provider, with its secrets read. */
export type ProviderSettings =
  | {
      type: 'prometheus';
      url: string;
      /** The value of the Authorization header. */
      authorization?: string;
    }
  | { type: 'datadog'; url: string; apiKey: string; applicationKey: string }
  | { type: 'newRelic'; url: string; accountId: number; apiKey: string }
  | {
      type: 'cloudWatch';
      /** Absent: the target's. */
      region?: string;
      /** Absent: the target's deploy role. */
      roleArn?: string;
    };

const NEW_RELIC = { us: 'https://api.newrelic.com', eu: 'https://api.eu.newrelic.com' } as const;

/** @throws SluiceError `invalidSettings` when a secret cannot be read */
export async function readProviders(
  written: Readonly<Record<string, WrittenProvider>>,
  origin: SettingsFile,
): Promise<Map<string, ProviderSettings>> {
  const entries = Object.entries(written).map(
    async ([name, one]) => [name, await readProvider(name, one, origin)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readProvider(
  name: string,
  written: WrittenProvider,
  origin: SettingsFile,
): Promise<ProviderSettings> {
  const secret = (what: string, from: SecretFrom): Promise<string> =>
    readSecretFrom(from, { what: `the ${what} of the metric provider ${name}` }, origin);
  switch (written.type) {
    case 'prometheus': {
      const { url, bearerTokenFrom: token, basicAuth } = written;
      if (token !== undefined) {
        const authorization = `Bearer ${await secret('bearer token', token)}`;
        return { type: 'prometheus', url, authorization };
      }
      if (basicAuth === undefined) return { type: 'prometheus', url };
      const password = await secret('password', basicAuth.passwordFrom);
      const pair = Buffer.from(`${basicAuth.username}:${password}`).toString('base64');
      return { type: 'prometheus', url, authorization: `Basic ${pair}` };
    }
    case 'datadog':
      return {
        type: 'datadog',
        url: written.url ?? `https://api.${written.site}`,
        apiKey: await secret('API key', written.apiKeyFrom),
        applicationKey: await secret('application key', written.applicationKeyFrom),
      };
    case 'newRelic':
      return {
        type: 'newRelic',
        url: written.url ?? NEW_RELIC[written.region],
        accountId: written.accountId,
        apiKey: await secret('API key', written.apiKeyFrom),
      };
    case 'cloudWatch':
      return {
        type: 'cloudWatch',
        ...(written.region !== undefined && { region: written.region }),
        ...(written.roleArn !== undefined && { roleArn: written.roleArn }),
      };
  }
}
