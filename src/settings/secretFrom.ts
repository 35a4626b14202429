import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SecretFrom } from '../fields/secretFrom.js';
import { type Environment, variable } from './environment.js';
import { fileProblem } from './fileProblem.js';
import { SluiceError } from '../errors.js';

/** What a settings file is, for what it refers to. */
export interface SettingsFile {
  /** The settings file's name, for messages. */
  name: string;
  /** What relative paths are relative to. */
  folder: string;
  environment: Environment;
}

interface Wanted {
  /** `the external id of account 222222222222`. */
  what: string;
  /** A rule that the value has to keep, and how to say it. */
  rule?: { pattern: RegExp; text: string };
}

/**
 * Reads a secret from where the settings say that it lies. No message ever holds one.
 *
 * @throws SluiceError `invalidSettings`
 */
export async function readSecretFrom(
  from: SecretFrom,
  { what, rule }: Wanted,
  origin: SettingsFile,
): Promise<string> {
  const found =
    from.env === undefined
      ? await inFile(resolve(origin.folder, from.file ?? ''))
      : inVariable(from.env, origin.environment);
  const isGood = 'value' in found && (rule === undefined || rule.pattern.test(found.value));
  if (isGood) return found.value;
  const problem = 'problem' in found ? found.problem : `holds something else (${rule?.text ?? ''})`;
  throw new SluiceError(
    'invalidSettings',
    `${origin.name}: ${what} cannot be read: ${found.where} ${problem}.`,
  );
}

type SecretLookup = { where: string } & ({ value: string } | { problem: string });

function inVariable(name: string, environment: Environment): SecretLookup {
  const value = variable(environment, name);
  const where = `the variable ${name}`;
  return value === undefined ? { where, problem: 'is not set' } : { where, value };
}

async function inFile(path: string): Promise<SecretLookup> {
  const where = `the file ${path}`;
  try {
    const value = (await readFile(path, 'utf8')).trim();
    return value === '' ? { where, problem: 'is empty' } : { where, value };
  } catch (cause) {
    return { where, problem: fileProblem(cause) };
  }
}
