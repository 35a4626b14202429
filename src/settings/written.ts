import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseSettings } from './document.js';
import type { Environment } from './environment.js';
import { fileProblem } from './fileProblem.js';
import type { WrittenSettings } from './schema.js';
import type { SettingsFile } from './secretFrom.js';
import { SluiceError } from '../errors.js';

export interface WrittenFile {
  written: WrittenSettings;
  /** Its path, absolute. */
  file: string;
  /** For what it refers to. */
  origin: SettingsFile;
}

/**
 * A settings file as it is written: nothing that it refers to has been read.
 *
 * @param name - the value of SLUICE_SETTINGS
 * @throws SluiceError `invalidSettings` when the file cannot be read or used
 */
export async function readWritten(name: string, environment: Environment): Promise<WrittenFile> {
  const written = parseSettings(await readText(name), name);
  const file = resolve(name);
  return { written, file, origin: { name, folder: dirname(file), environment } };
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
