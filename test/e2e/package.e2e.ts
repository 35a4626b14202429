import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manifest } from '../../dev/setup/manifest.js';
import { root } from '../../dev/setup/paths.js';
import { startProgram } from '../../src/local/processes.js';
import { blocksOf } from '../docs/support/blocks.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { Registry } from '../support/registry.js';
import { shared } from '../support/shared.js';

const execute = promisify(execFile);

/** A project that has installed the packed package as docs/installing.md says. */
let home: string;
/** The name of its file, there. */
let tarball: string;
/** The package there. */
let folder: string;
let sluice: string;
/** What the page's commands printed. */
let printed: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  folder = join(home, 'node_modules', manifest.name);
  sluice = join(folder, 'bin/sluice');
  await execute('npm', ['pack', '--pack-destination', home], { cwd: root });
  tarball = (await readdir(home)).join();
  await execute('sh', ['-c', 'sha256sum *.tgz > SHA256SUMS'], { cwd: home });
  await writeFile(join(home, 'package.json'), '{}');
  await writeFile(join(home, '.npmrc'), 'prefer-offline=true\n');
  const block = blocksOf('docs/installing.md').find(({ text }) => text.startsWith('sha256sum'));
  printed = (await execute('sh', ['-e', '-c', block?.text ?? ''], { cwd: home })).stdout;
}, 180_000);
afterAll(async () => {
  await rm(home, { recursive: true });
});

interface Lock {
  packages: Record<string, { version?: string; dev?: boolean; dependencies?: object }>;
}

const readLock = async (path: string): Promise<Lock['packages']> =>
  (JSON.parse(await readFile(path, 'utf8')) as Lock).packages;

async function run(code: string, type: 'module' | 'commonjs'): Promise<string> {
  const file = join(home, type === 'module' ? 'service.mjs' : 'service.cjs');
  await writeFile(file, code);
  return (await execute(process.execPath, [file], { cwd: home })).stdout;
}

describe('the package', () => {
  it('holds what users need and nothing else', async () => {
    expect((await readdir(folder)).sort()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'docs',
      'examples',
      'npm-shrinkwrap.json',
      'package.json',
      'schema',
    ]);
    const built = await readdir(join(folder, 'dist'));
    expect(built).toContain('workflow-bundle.js');
    expect(built).not.toContain('action');
    for (const bundled of ['cli', 'config']) {
      expect(await readdir(join(folder, 'dist', bundled))).toContain('LICENSES.txt');
    }
  });

  it('has a shrinkwrap of what it was tested with, without what is for development', async () => {
    const locked = Object.entries(await readLock(join(root, 'package-lock.json')));
    const { '': own, ...shrinkwrap } = await readLock(join(folder, 'npm-shrinkwrap.json'));
    expect(shrinkwrap).toEqual(
      Object.fromEntries(locked.filter(([path, { dev }]) => path !== '' && dev !== true)),
    );
    expect(Object.keys(shrinkwrap).length).toBeGreaterThan(50);
    expect(own).not.toHaveProperty('devDependencies');
  });

  it('has the direct dependencies that it was tested with from a tarball, too', async () => {
    const locked = await readLock(join(root, 'package-lock.json'));
    const installed = await readLock(join(home, 'node_modules/.package-lock.json'));
    const names = Object.keys(locked['']?.dependencies ?? {});
    expect(names.length).toBeGreaterThan(15);
    const versions = (from: Lock['packages']) =>
      names.map((name) => [name, from[`node_modules/${name}`]?.version]);
    expect(versions(installed)).toEqual(versions(locked));
  });

  it('has all that its pages link to', async () => {
    const names = (await readdir(folder, { recursive: true })).map(String);
    const pages = names.filter((name) => /^(?!node_modules|examples).*\.md$/.test(name));
    expect(pages.length).toBeGreaterThan(15);
    for (const page of pages) {
      const text = await readFile(join(folder, page), 'utf8');
      const links = [...text.matchAll(/\]\((?!<?http|#)([^)#]+)/g)].map(([, link = '']) => link);
      const missing = links.filter((link) => !existsSync(join(folder, dirname(page), link)));
      expect([page, missing]).toEqual([page, []]);
    }
  });

  it('has a command', () => {
    expect(printed).toMatch(/\.tgz: OK\n/);
    expect(printed.endsWith(`\n${manifest.version}\n`)).toBe(true);
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
      await run(
        `import { connect } from '${manifest.name}'; console.log(typeof connect);`,
        'module',
      ),
    ).toBe('function\n');
    const dynamic = `import('${manifest.name}').then(({ connect }) => console.log(typeof connect));`;
    expect(await run(dynamic, 'commonjs')).toBe('function\n');
  });

  it('has types', async () => {
    const code = `import { connect } from '${manifest.name}';
import { runAgent } from '${manifest.name}/agent';
import { runGateway } from '${manifest.name}/gateway';
import { runWorker } from '${manifest.name}/worker';
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

async function versionsIn(lock: string): Promise<Record<string, string>> {
  const { packages } = JSON.parse(await readFile(lock, 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const entries = Object.entries(packages).map(([path, { version }]) => [path, version]);
  return Object.fromEntries(entries) as Record<string, string>;
}

describe('a registry of your own', () => {
  it('gives the package that was published there, and is the only one that is asked for it', async () => {
    const project = await mkdtemp(join(tmpdir(), 'sluice-registry-'));
    await copyFile(join(home, tarball), join(project, tarball));
    const registry = new Registry();
    const address = await registry.listen();
    const { host } = new URL(address);
    const [block] = blocksOf('docs/installing.md').filter(({ text }) =>
      text.startsWith('npm config'),
    );
    const commands = (block?.text ?? '').replaceAll('https://npm.example.com/', address);
    // Whoever publishes is known to the registry.
    await writeFile(
      join(project, '.npmrc'),
      `//${host}/:_authToken=a-token\nprefer-offline=true\n`,
    );
    await writeFile(join(project, 'package.json'), '{}');
    await execute('sh', ['-e', '-c', commands], { cwd: project });

    const wishes = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as object;
    expect(wishes).toEqual({ dependencies: { [manifest.name]: manifest.version } });
    // npm keeps the file that it has published: it asks only whether that is the one.
    expect(new Set(registry.asked)).toEqual(
      new Set([`PUT /${manifest.name}`, `GET /${manifest.name}`]),
    );

    const own = `node_modules/${manifest.name}`;
    const { [own]: _, ...installed } = await versionsIn(
      join(project, 'node_modules/.package-lock.json'),
    );
    const tested = await versionsIn(join(project, own, 'npm-shrinkwrap.json'));
    for (const [path, version] of Object.entries(installed)) {
      expect([path, version]).toEqual([path, tested[path.replace(`${own}/`, '')]]);
    }
    expect(Object.keys(installed).length).toBeGreaterThan(50);
    const { stdout } = await execute('npx', ['--no-install', 'sluice', '--version'], {
      cwd: project,
    });
    expect(stdout).toBe(`${manifest.version}\n`);
    await registry.close();
    await rm(project, { recursive: true });
  }, 180_000);
});
