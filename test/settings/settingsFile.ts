import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { parseSettings } from '../../src/settings/document.js';
import { readSettings, type Settings } from '../../src/settings/settings.js';
import { SluiceError } from '../../src/errors.js';

/** A folder for settings files, while the tests of a file run. */
export const files = {
  folder: '',
  path: (name: string) => join(files.folder, name),
};
beforeAll(async () => {
  files.folder = await mkdtemp(join(tmpdir(), 'sluice-settings-'));
});
afterAll(() => rm(files.folder, { recursive: true }));

/** What a settings file with this text says to a worker. */
export async function settingsOf(
  text: string,
  environment: Record<string, string> = {},
): Promise<Settings> {
  return readSettings({ ...environment, SLUICE_SETTINGS: await written(text) });
}

/** The path of a settings file with this text. */
export async function written(text: string): Promise<string> {
  const path = files.path('settings.yaml');
  await writeFile(path, text);
  return path;
}

/** Everything that is wrong with a text; empty when nothing is. */
export function problemsOf(text: string): string {
  try {
    parseSettings(text, 'settings.yaml');
  } catch (error) {
    if (error instanceof SluiceError) return error.message;
    throw error;
  }
  return '';
}
