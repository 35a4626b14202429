/**
 * Puts `dist/config/index.js` and what it needs into that one file, so that commands about
 * deployment files start in a third of the time: `node dev/setup/bundleConfig.js <dist>`.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { root } from './paths.js';

const folder = join(process.argv[2] ?? 'dist', 'config');
const file = join(folder, 'index.js');

const { metafile } = await build({
  ...INTO_ONE_FILE,
  entryPoints: [file],
  outfile: file,
  allowOverwrite: true,
  metafile: true,
  absWorkingDir: root,
});
// Their code goes into the file, and their licenses therefore go beside it.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [],
  ),
);
const licenses = [...packages].sort().map(async (name) => {
  const text = await readFile(await licenseOf(join(root, name)), 'utf8');
  return `index.js contains ${basename(name)}:\n\n${text.trim()}\n`;
});
await writeFile(join(folder, 'LICENSES.txt'), (await Promise.all(licenses)).join('\n'));

/** @param {string} folder a package's */
async function licenseOf(folder) {
  const name = (await readdir(folder)).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  if (name === undefined) throw new Error(`${folder} has no license`);
  return join(folder, name);
}
