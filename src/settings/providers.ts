import { normalName } from '../domain/naming.js';
import type { SecretFrom } from '../fields/secretFrom.js';
import { readProvider, type ProviderSettings, type WrittenProvider } from '../metrics/registry.js';
import { readSecretFrom, type SettingsFile } from './secretFrom.js';

/** @throws SluiceError `invalidSettings` when a secret cannot be read */
export async function readProviders(
  written: Readonly<Record<string, WrittenProvider>>,
  origin: SettingsFile,
): Promise<Map<string, ProviderSettings>> {
  const entries = Object.entries(written).map(async ([name, one]) => {
    const secret = (what: string, from: SecretFrom): Promise<string> =>
      readSecretFrom(from, { what: `the ${what} of the metric provider ${name}` }, origin);
    return [normalName(name), await readProvider(one, secret)] as const;
  });
  return new Map(await Promise.all(entries));
}
