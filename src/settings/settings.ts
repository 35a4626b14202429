import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseSettings } from './document.js';
import { type Environment, variable } from './environment.js';
import { readExternalIds } from './externalIds.js';
import { fileProblem } from './fileProblem.js';
import { DEFAULT_REQUESTS_PER_SECOND, type RoleRule } from './schema.js';
import { SluiceError } from './sluiceError.js';

/** What a worker's settings file says, with every secret read from where it lies. */
export interface Settings {
  /** The file's path; absent when there is none. */
  file?: string;
  /** Account id to the external id that its deploy roles ask for. */
  externalIds: ReadonlyMap<string, string>;
  /** Absent: every application may use every role. */
  roles?: readonly RoleRule[];
  /** Control-plane requests a second that this worker sends, per account and region. */
  requestsPerSecond: number;
}

/**
 * Reads the file that SLUICE_SETTINGS names. Without the variable: no external ids, every role
 * allowed, and {@link DEFAULT_REQUESTS_PER_SECOND}.
 *
 * @throws SluiceError `invalidSettings` when the file cannot be read or used
 */
export async function readSettings(environment: Environment): Promise<Settings> {
  const name = variable(environment, 'SLUICE_SETTINGS');
  if (name === undefined) {
    return { externalIds: new Map(), requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND };
  }
  const written = parseSettings(await readText(name), name);
  const file = resolve(name);
  const folder = dirname(file);
  return {
    file,
    externalIds: await readExternalIds(written.accounts, { name, folder, environment }),
    ...(written.roles === undefined ? {} : { roles: written.roles }),
    requestsPerSecond: written.aws.requestsPerSecond,
  };
}

async function readText(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8');
  } catch (cause) {
    throw new SluiceError(
      'invalidSettings',
      `The settings file ${name}, which SLUICE_SETTINGS names, ${fileProblem(cause)}.`,
      { cause },
    );
  }
}
