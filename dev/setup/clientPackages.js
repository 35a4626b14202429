import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCi } from './npm.js';
import { root } from './paths.js';
import { say } from './say.js';

/** What the client and the reading of deployment files import, and what makes one file of them. */
export const CLIENT_PACKAGES = [
  '@temporalio/client',
  '@temporalio/common',
  '@temporalio/envconfig',
  'esbuild',
  'protobufjs',
  'string-width',
  'yaml',
  'zod',
];

/**
 * Installs these packages and what they need, in the versions of the lock file: an eighth of all,
 * without the worker and the AWS SDK. None of them needs its install scripts.
 *
 * @param {string} folder is made
 * @param {AbortSignal} signal
 * @returns {Promise<string>} where they are
 */
export async function installClientPackages(folder, signal) {
  say('Installing the Node.js packages of the client (npm ci).');
  await mkdir(folder);
  const { lock, manifest } = clientLock();
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await copyFile(join(root, '.npmrc'), join(folder, '.npmrc'));
  await npmCi(folder, signal, ['--ignore-scripts']);
  return join(folder, 'node_modules');
}

/** The lock file with fewer wishes: npm leaves out what nothing asks for. */
function clientLock() {
  const lock =
    /** @type {{ packages: Record<string, { dependencies?: Record<string, string>, devDependencies?: Record<string, string> }> }} */ (
      JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    );
  const { dependencies, devDependencies } = lock.packages[''] ?? {};
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  const manifest = {
    name: 'sluice-client-packages',
    version: '0.0.0',
    dependencies: Object.fromEntries(versions.filter(([name]) => CLIENT_PACKAGES.includes(name))),
  };
  return { lock: { ...lock, packages: { ...lock.packages, '': manifest } }, manifest };
}
