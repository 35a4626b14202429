/**
 * Makes what a release consists of, in .local/release: `npm run release`. CONTRIBUTING.md says what
 * goes before and after.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { billOfMaterials } from './release/billOfMaterials.js';
import { commitOf } from './release/committed.js';
import { notesOf } from './release/notes.js';
import { sha256 } from './release/sha256.js';
import { manifest } from './setup/manifest.js';
import { Problem, say } from './setup/messages.js';
import { local, root } from './setup/paths.js';
import { run } from './setup/run.js';
import { makeWhole } from './setup/wholeFolder.js';

const { version } = manifest;
const release = join(local, 'release');

try {
  const notes = notesOf(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), version);
  const commit = await commitOf(`v${version}`);
  await mkdir(local, { recursive: true });
  await makeWhole(release, async (made) => {
    await mkdir(made);
    await run('npm', ['pack', '--pack-destination', made]);
    const [file = ''] = await readdir(made);
    const bill = await billOfMaterials(join(made, file), join(dirname(made), 'unpacked'));
    await writeFile(join(made, file.replace(/\.tgz$/, '.cdx.json')), bill);
    await writeFile(join(made, 'NOTES.md'), `${notes}\nMade of commit ${commit}.\n`);
    await writeFile(join(made, 'SHA256SUMS'), await checksums(made));
  });
  say(`The release of ${version} is in ${release}:`);
  for (const name of await readdir(release)) console.log(join(release, name));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** As `sha256sum --check` reads them. */
async function checksums(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const lines = names.map(async (name) => `${await sha256(join(folder, name))}  ${name}\n`);
  return (await Promise.all(lines)).join('');
}
