/**
 * Puts `dist/config/index.js` and what it needs into that one file, so that commands about
 * deployment files start in a third of the time: `node dev/setup/bundleConfig.js <dist>`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { root } from './paths.js';

/** The packages whose code goes into the file, and whose licenses therefore go beside it. */
const packages = ['yaml', 'zod'];

const folder = join(process.argv[2] ?? 'dist', 'config');
const file = join(folder, 'index.js');

await build({ ...INTO_ONE_FILE, entryPoints: [file], outfile: file, allowOverwrite: true });
const licenses = packages.map(async (name) => {
  const text = await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
  return `index.js contains ${name}:\n\n${text.trim()}\n`;
});
await writeFile(join(folder, 'LICENSES.txt'), (await Promise.all(licenses)).join('\n'));
