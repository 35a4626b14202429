import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { manifest } from '../setup/manifest.js';
import { run } from '../setup/run.js';
import { sha256 } from './sha256.js';

/** What is changed of it here; npm says the rest. */
interface Bill {
  metadata: { component: { name: string; hashes?: { alg: string; content: string }[] } };
}

const FORMAT = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application'];

/**
 * What a package brings along, in CycloneDX: each dependency with its version, hash and license, as
 * the package's own shrinkwrap has them.
 *
 * @param file - the package
 * @param unpacked - a folder to unpack it in
 */
export async function billOfMaterials(file: string, unpacked: string): Promise<string> {
  await mkdir(unpacked);
  await run('tar', ['-xzf', file, '-C', unpacked], { cwd: dirname(file) });
  const folder = join(unpacked, 'package');
  await forgetDevelopment(join(folder, 'package.json'));
  const said = await run('npm', ['sbom', ...FORMAT, '--package-lock-only'], { cwd: folder });
  const bill = JSON.parse(said) as Bill;
  bill.metadata.component.name = manifest.name; // npm calls it by its folder.
  bill.metadata.component.hashes = [{ alg: 'SHA-256', content: await sha256(file) }];
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

/** What is for development is missing in the shrinkwrap, which npm would take for a mistake. */
async function forgetDevelopment(file: string): Promise<void> {
  const written = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...written, devDependencies: {} }));
}
