import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from './paths.js';

/**
 * The licenses of the packages whose code went into a bundle.
 *
 * @param {import('esbuild').Metafile} metafile of a build with `absWorkingDir` at the root
 * @param {string} file the bundle's name
 */
export async function licensesIn({ inputs }, file) {
  const packages = new Set(
    Object.keys(inputs).flatMap(
      (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [],
    ),
  );
  const licenses = [...packages].sort().map(async (name) => {
    const text = await readFile(await licenseOf(join(root, name)), 'utf8');
    return `${file} contains ${basename(name)}:\n\n${text.trim()}\n`;
  });
  return (await Promise.all(licenses)).join('\n');
}

/** @param {string} folder a package's */
async function licenseOf(folder) {
  const name = (await readdir(folder)).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  if (name === undefined) throw new Error(`${folder} has no license`);
  return join(folder, name);
}
