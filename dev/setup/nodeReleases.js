import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './messages.js';
import { npmCi } from './nodePackages.js';
import { local, root } from './paths.js';
import { makeWhole } from './wholeFolder.js';

const wanted = join(root, 'dev/nodeReleases');
const installed = join(local, 'node-releases');

/**
 * Releases of Node.js that the tests run on, from packages of npm: what dev/nodeReleases says. None
 * where there are no such packages for the platform.
 *
 * @type {import('./ensure.js').Step}
 */
export const nodeReleases = { isCurrent, make };

function isCurrent() {
  const lock = 'package-lock.json';
  if (!existsSync(join(installed, lock))) return false;
  return readFileSync(join(installed, lock), 'utf8') === readFileSync(join(wanted, lock), 'utf8');
}

async function make() {
  say('Installing the releases of Node.js that the tests run on (npm ci).');
  await makeWhole(installed, async (made) => {
    await mkdir(made);
    for (const name of ['package.json', 'package-lock.json']) {
      await copyFile(join(wanted, name), join(made, name));
    }
    await copyFile(join(root, '.npmrc'), join(made, '.npmrc'));
    await npmCi(made, ['--ignore-scripts', '--no-bin-links']);
  });
}

/** Those that are installed: their versions, from old to new, and where their programs are. */
export function installedReleases() {
  /** @type {{ packages: Record<string, { version?: string }> }} */
  const { packages } = JSON.parse(readFileSync(join(wanted, 'package-lock.json'), 'utf8'));
  const releases = Object.entries(packages).map(([path, { version = '' }]) => ({
    version,
    folder: join(installed, path, 'bin'),
  }));
  return releases.filter(({ folder }) => existsSync(join(folder, 'node')));
}
