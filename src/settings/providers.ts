import { normalName } from '../domain/naming.js';
import type { SecretFrom } from '../fields/secretFrom.js';
import { readProvider, type ProviderSettings, type WrittenProvider } from '../metrics/registry.js';
import { readSecretFrom, type SettingsFile } from './secretFrom.js';
import { plainHttpWarning, type SettingsWarnings } from './warnings.js';

interface ReadProviders {
  metricProviders: Map<string, ProviderSettings>;
  /** Provider to the applications that may ask it, where not every one may. */
  providerUsers: Map<string, readonly string[]>;
  warnings: SettingsWarnings;
}

/** @throws SluiceError `invalidSettings` when a secret cannot be read */
export async function readProviders(
  written: Readonly<Record<string, WrittenProvider>>,
  origin: SettingsFile,
): Promise<ReadProviders> {
  const providerUsers = new Map<string, readonly string[]>();
  const withSecrets = new Set<string>();
  const entries = Object.entries(written).map(async ([name, one]) => {
    const known = normalName(name);
    const secret = (what: string, from: SecretFrom): Promise<string> => {
      withSecrets.add(known);
      return readSecretFrom(from, { what: `the ${what} of the metric provider ${known}` }, origin);
    };
    if (one.applications !== undefined) providerUsers.set(known, one.applications);
    return [known, await readProvider(one, secret)] as const;
  });
  const metricProviders = new Map(await Promise.all(entries));
  const warnings = [...metricProviders].flatMap(([name, provider]) =>
    'url' in provider && withSecrets.has(name)
      ? plainHttpWarning(provider.url, `metricProviders.${name} has a secret`)
      : [],
  );
  return { metricProviders, providerUsers, warnings };
}
