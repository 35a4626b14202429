import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProgram } from '../../src/local/processes.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The packed package, unpacked where npm would put it. Its dependencies are linked from this
 * checkout, and only those that an installation would bring: nothing for development.
 */
let home: string;
let sluice: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  sluice = join(home, 'node_modules/sluice/bin/sluice');
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', home], {
    cwd: root,
  });
  const file = /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? '';
  await mkdir(join(home, 'node_modules/sluice'), { recursive: true });
  const into = ['-C', join(home, 'node_modules/sluice'), '--strip-components=1'];
  await execute('tar', ['-xzf', join(home, file), ...into]);
  await linkDependencies();
}, 120_000);
afterAll(async () => {
  await rm(home, { recursive: true });
});

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

async function linkDependencies(): Promise<void> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    const nested = path.lastIndexOf('node_modules/') > 0;
    if (!path.startsWith('node_modules/') || nested || dev === true) continue;
    await mkdir(dirname(join(home, path)), { recursive: true });
    await symlink(join(root, path), join(home, path)).catch(ignoreMissing);
  }
}

/** Packages for other platforms are in the lock file, and not here. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function run(code: string, type: 'module' | 'commonjs'): Promise<string> {
  const file = join(home, type === 'module' ? 'service.mjs' : 'service.cjs');
  await writeFile(file, code);
  return (await execute(process.execPath, [file], { cwd: home })).stdout;
}

describe('the package', () => {
  it('holds what users need and nothing else', async () => {
    const entries = await readdir(join(home, 'node_modules/sluice'));
    expect(entries.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'examples',
      'package.json',
      'schema',
    ]);
    const built = await readdir(join(home, 'node_modules/sluice/dist'));
    expect(built).toContain('workflow-bundle.js');
    expect(built).not.toContain('action');
    for (const bundled of ['cli', 'config']) {
      const files = await readdir(join(home, 'node_modules/sluice/dist', bundled));
      expect(files).toContain('LICENSES.txt');
    }
  });

  it('has a command', async () => {
    const { stdout } = await execute(process.execPath, [sluice, '--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('has the schema and the templates that its command prints', async () => {
    const run = (...args: string[]) => execute(process.execPath, [sluice, ...args]);
    expect((await run('config', 'schema')).stdout).toContain('"$schema"');
    const file = join(home, 'template.yaml');
    await writeFile(file, (await run('template', 'canary')).stdout);
    expect((await run('config', 'validate', '-f', file)).stdout).toContain('is valid');
  });

  it('has a client that services import, as a module or not', async () => {
    expect(
      await run(`import { connect } from 'sluice'; console.log(typeof connect);`, 'module'),
    ).toBe('function\n');
    const dynamic = `import('sluice').then(({ connect }) => console.log(typeof connect));`;
    expect(await run(dynamic, 'commonjs')).toBe('function\n');
  });

  it('has types', async () => {
    const code = `import { connect } from 'sluice';
import { runAgent } from 'sluice/agent';
import { runGateway } from 'sluice/gateway';
import { runWorker } from 'sluice/worker';
const sluice = await connect();
export const started: string = (await sluice.start({ file: 'deploy.yaml' })).deploymentId;
export const worker: () => Promise<void> = runWorker;
export const gateway: () => Promise<void> = runGateway;
export const agent: typeof runAgent = runAgent;`;
    const file = join(home, 'service.mts');
    await writeFile(file, code);
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await execute(process.execPath, [tsc, ...strict, '--skipLibCheck', file], { cwd: home });
  });

  it('has a worker that deploys', async () => {
    const namespace = await makeNamespace();
    const place = await AwsPlace.make();
    const functionName = uniqueName('orders');
    await place.put(`${functionName}.zip`, 'first');
    const target = { name: 'prod', place, functionName };
    const file = join(home, 'deploy.yaml');
    await writeFile(file, deploymentFile(uniqueName('shop'), [target]));
    const temporal = { TEMPORAL_ADDRESS: shared.temporalAddress, TEMPORAL_NAMESPACE: namespace };
    const worker = await startProgram({
      name: 'The packed worker',
      command: process.execPath,
      args: [sluice, 'worker'],
      env: { ...temporal, ...workerAwsEnvironment() },
      isReady: () => Promise.resolve(true),
    });
    try {
      const deploy = [sluice, 'deploy', 'start', '-f', file, '--watch'];
      await execute(process.execPath, deploy, { env: { ...process.env, ...temporal } });
      expect(await place.holds(functionName)).toBeDefined();
    } finally {
      await worker.stop();
    }
  });
});
