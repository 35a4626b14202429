import { readFile } from 'node:fs/promises';

/**
 * Reads a file that the package brings along.
 *
 * @param path - below the package's folder
 */
export function readPackageFile(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
}
