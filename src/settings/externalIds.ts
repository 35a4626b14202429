import { EXTERNAL_ID, EXTERNAL_ID_RULE } from '../domain/externalIds.js';
import type { WrittenAccount } from './schema.js';
import { readSecretFrom, type SettingsFile } from './secretFrom.js';

/** Reads every account's external id from where it lies. No message ever holds one. */
export async function readExternalIds(
  accounts: Readonly<Record<string, WrittenAccount>>,
  origin: SettingsFile,
): Promise<Map<string, string>> {
  const entries = Object.entries(accounts).map(
    async ([id, account]) => [id, await readExternalId(id, account, origin)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readExternalId(
  id: string,
  { externalId, externalIdFrom }: WrittenAccount,
  origin: SettingsFile,
): Promise<string> {
  if (externalId !== undefined) return externalId;
  const rule = { pattern: EXTERNAL_ID, text: EXTERNAL_ID_RULE };
  const what = `the external id of account ${id}`;
  return readSecretFrom(externalIdFrom ?? {}, { what, rule }, origin);
}
