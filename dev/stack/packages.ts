import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { root } from '../setup/paths.js';

const folder = join(root, 'examples/packages');

/** A zip file with these files: path to text. The same files always make the same bytes. */
export function zipOf(files: Record<string, string>): Uint8Array {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)]);
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, {
    mtime: new Date(1980, 0, 1),
  });
}

/** The package that the key of an S3 object names, from its folder in examples/packages. */
export async function examplePackage(key: string): Promise<Uint8Array> {
  const source = join(folder, basename(key, '.zip'));
  const entries = await readdir(source, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new Error(`There is no package for ${key}: its files belong in ${source}.`, { cause });
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return zipOf(Object.fromEntries(paths.map((path, i) => [relative(source, path), texts[i]!])));
}
