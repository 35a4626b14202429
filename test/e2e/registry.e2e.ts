import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manifest } from '../../dev/setup/manifest.js';
import { root } from '../../dev/setup/paths.js';
import { blocksOf } from '../docs/support/blocks.js';

const execute = promisify(execFile);

interface Packument {
  versions: Record<string, object>;
  _attachments: Record<string, { data: string }>;
}

/**
 * As much of a registry as npm needs to publish one package and to install it again. It tells npm of
 * the shrinkwrap, as npm's own registry does.
 */
class Registry {
  readonly asked: string[] = [];
  #packument: Packument | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(
        (body) => response.writeHead(body === undefined ? 404 : 200).end(body),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<string | Buffer | undefined> {
    const { method, url = '' } = request;
    this.asked.push(`${method} ${decodeURIComponent(url)}`);
    if (method === 'PUT') {
      const parts = (await request.toArray()) as Buffer[];
      this.#packument = JSON.parse(Buffer.concat(parts).toString()) as Packument;
      return '{}';
    }
    if (this.#packument === undefined) return undefined;
    const { _attachments: attachments, versions, ...packument } = this.#packument;
    const [file] = Object.values(attachments);
    if (url.endsWith('.tgz')) return file && Buffer.from(file.data, 'base64');
    const told = Object.entries(versions).map(([version, one]) => [
      version,
      { ...one, _hasShrinkwrap: true },
    ]);
    return JSON.stringify({ ...packument, versions: Object.fromEntries(told) as object });
  }
}

async function versionsIn(lock: string): Promise<Record<string, string>> {
  const { packages } = JSON.parse(await readFile(lock, 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const entries = Object.entries(packages).map(([path, { version }]) => [path, version]);
  return Object.fromEntries(entries) as Record<string, string>;
}

let registry: Registry;
let home: string;
beforeAll(async () => {
  registry = new Registry();
  home = await mkdtemp(join(tmpdir(), 'sluice-registry-'));
  await execute('npm', ['pack', '--pack-destination', home], { cwd: root });
}, 120_000);
afterAll(async () => {
  await registry.close();
  await rm(home, { recursive: true });
});

describe('a registry of your own', () => {
  it('gives the package that was published there, and is the only one that is asked for it', async () => {
    const address = await registry.listen();
    const { host } = new URL(address);
    const [block] = blocksOf('docs/installing.md').filter(({ text }) =>
      text.startsWith('npm config'),
    );
    const commands = (block?.text ?? '').replaceAll('https://npm.example.com/', address);
    // Whoever publishes is known to the registry.
    await writeFile(join(home, '.npmrc'), `//${host}/:_authToken=a-token\nprefer-offline=true\n`);
    await writeFile(join(home, 'package.json'), '{}');
    await execute('sh', ['-e', '-c', commands], { cwd: home });

    const wishes = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as object;
    expect(wishes).toEqual({ dependencies: { [manifest.name]: manifest.version } });
    // npm keeps the file that it has published: it asks only whether that is the one.
    expect(new Set(registry.asked)).toEqual(
      new Set([`PUT /${manifest.name}`, `GET /${manifest.name}`]),
    );

    const own = `node_modules/${manifest.name}`;
    const { [own]: _, ...installed } = await versionsIn(
      join(home, 'node_modules/.package-lock.json'),
    );
    const tested = await versionsIn(join(home, own, 'npm-shrinkwrap.json'));
    for (const [path, version] of Object.entries(installed)) {
      expect([path, version]).toEqual([path, tested[path.replace(`${own}/`, '')]]);
    }
    expect(Object.keys(installed).length).toBeGreaterThan(50);
    const { stdout } = await execute('npx', ['--no-install', 'sluice', '--version'], { cwd: home });
    expect(stdout).toBe(`${manifest.version}\n`);
  }, 180_000);
});
