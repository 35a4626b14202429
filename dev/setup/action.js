import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { madeFromSrc } from './madeFromSrc.js';
import { say } from './messages.js';
import { nodePackages, npmCi, readLock } from './nodePackages.js';
import { local, root } from './paths.js';

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
 * The program of the GitHub Action, in one file. A job waits for it, so it is made in seconds: with
 * the client's packages alone, unless all are there already, and without the compiler.
 */
export const action = madeFromSrc(join(local, 'action'), async (made) => {
  const packages = nodePackages.isCurrent()
    ? join(root, 'node_modules')
    : await installClientPackages(join(dirname(made), 'packages'));
  say('Making the program of the GitHub Action from src.');
  const { build } = /** @type {typeof import('esbuild')} */ (
    createRequire(join(packages, 'esbuild/package.json'))('esbuild')
  );
  await build({
    ...INTO_ONE_FILE,
    entryPoints: [join(root, 'src/action/main.ts')],
    outfile: join(made, 'main.js'),
    nodePaths: [packages],
  });
});

/**
 * Installs the client's packages and what they need, in the versions of the lock file: an eighth of
 * all, without the worker and the AWS SDK. None of them needs its install scripts.
 *
 * @param {string} folder is made
 * @returns {Promise<string>} where they are
 */
async function installClientPackages(folder) {
  say('Installing the Node.js packages of the client (npm ci).');
  await mkdir(folder);
  const { packages, ...lock } = readLock('package-lock.json');
  const versions = { ...packages['']?.dependencies, ...packages['']?.devDependencies };
  const wishes = CLIENT_PACKAGES.map((name) => [name, versions[name]]);
  const manifest = { dependencies: Object.fromEntries(wishes) };
  // npm leaves out what nothing asks for.
  const clientLock = { ...lock, packages: { ...packages, '': manifest } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(clientLock));
  await copyFile(join(root, '.npmrc'), join(folder, '.npmrc'));
  await npmCi(folder, ['--ignore-scripts']);
  return join(folder, 'node_modules');
}
