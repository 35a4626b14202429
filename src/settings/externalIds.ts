import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Environment, variable } from './environment.js';
import { EXTERNAL_ID, EXTERNAL_ID_RULE, type WrittenAccount } from './schema.js';
import { fileProblem } from './fileProblem.js';
import { SluiceError } from './sluiceError.js';

interface Origin {
  /** The settings file's name, for messages. */
  name: string;
  /** What relative paths are relative to. */
  folder: string;
  environment: Environment;
}

/** Reads every account's external id from where it lies. No message ever holds one. */
export async function readExternalIds(
  accounts: Readonly<Record<string, WrittenAccount>>,
  origin: Origin,
): Promise<Map<string, string>> {
  const entries = Object.entries(accounts).map(
    async ([id, account]) => [id, await readExternalId(id, account, origin)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readExternalId(
  id: string,
  account: WrittenAccount,
  origin: Origin,
): Promise<string> {
  if (account.externalId !== undefined) return account.externalId;
  const found = await find(account.externalIdFrom ?? {}, origin);
  if ('value' in found && EXTERNAL_ID.test(found.value)) return found.value;
  const problem = 'problem' in found ? found.problem : `holds something else (${EXTERNAL_ID_RULE})`;
  throw new SluiceError(
    'invalidSettings',
    `${origin.name}: the external id of account ${id} cannot be read: ${found.where} ${problem}.`,
  );
}

type Found = { where: string } & ({ value: string } | { problem: string });

async function find(from: { env?: string | undefined; file?: string | undefined }, origin: Origin) {
  return from.env === undefined
    ? inFile(resolve(origin.folder, from.file ?? ''))
    : inVariable(from.env, origin.environment);
}

function inVariable(name: string, environment: Environment): Found {
  const value = variable(environment, name);
  const where = `the variable ${name}`;
  return value === undefined ? { where, problem: 'is not set' } : { where, value };
}

async function inFile(path: string): Promise<Found> {
  const where = `the file ${path}`;
  try {
    return { where, value: (await readFile(path, 'utf8')).trim() };
  } catch (cause) {
    return { where, problem: fileProblem(cause) };
  }
}
