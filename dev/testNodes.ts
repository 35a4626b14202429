/**
 * Runs the fast part of the tests on every release of Node.js of dev/nodeReleases, apart from the
 * one that this runs on: `npm run test:nodes`. What is given goes to jest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { installedReleases } from './setup/nodeReleases.js';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const SUITE = ['node_modules/jest/bin/jest.js', '--config', 'test/jest/fast.config.js'];

const releases = installedReleases();
if (releases.length === 0) {
  console.log('There are no packages of Node.js for this platform: tested on this one alone.');
}
for (const { version, folder } of releases) {
  if (version === process.versions.node) continue;
  console.log(`== Node.js ${version}`);
  // First on the PATH, for the programs that tests start.
  const env = { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) };
  const node = join(folder, 'node');
  const child = spawn(node, [...JEST, ...SUITE, ...process.argv.slice(2)], {
    env,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
