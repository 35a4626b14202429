import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { PIP_KNOWN } from '../../dev/setup/pythonTools.js';
import { EMULATOR } from '../../dev/stack/emulator.js';
import { WORKER_COMMAND } from '../../dev/stack/worker.js';
import { Dockerfile, valueIn } from './dockerfile.js';

const worker = new Dockerfile('Dockerfile');
const emulator = new Dockerfile('docker/emulator.Dockerfile');

/** What .dockerignore lets through. */
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
const sent = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));

describe.each([worker, emulator])('$path', (dockerfile) => {
  it('begins with one image, the same as the other, by its digest', () => {
    const [image] = worker.images;
    expect(image).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
    expect(new Set(dockerfile.images)).toEqual(new Set([image]));
  });

  it('copies what there is, and what is sent to Docker', () => {
    for (const source of dockerfile.sources) {
      const exists = existsSync(join(root, source));
      const isSent = sent.some((path) => source === path || source.startsWith(`${path}/`));
      expect({ source, exists, isSent }).toEqual({ source, exists: true, isSent: true });
    }
  });

  it('does not run as root', () => {
    expect(dockerfile.last('USER')).toBe('node');
  });

  it('has a health check', () => {
    expect(dockerfile.last('HEALTHCHECK')).toContain('fetch(');
  });
});

describe("the worker's image", () => {
  it('runs what the local stack runs', () => {
    const [script, command] = WORKER_COMMAND;
    expect(JSON.parse(worker.last('ENTRYPOINT'))).toEqual(['node', `/app/${script}`]);
    expect(JSON.parse(worker.last('CMD'))).toEqual([command]);
  });

  it('has neither sources nor development packages', () => {
    const commands = worker.lastStage.map(({ name, value }) => `${name} ${value}`).join('\n');
    expect(commands).not.toMatch(/npm|\bsrc\b|\bdev\b/);
    expect(worker.values('RUN').filter((value) => value.includes('--omit=dev'))).toHaveLength(1);
    expect(commands).toContain('COPY --from=packages /app/node_modules node_modules');
  });

  it('is asked for its health where the worker answers, and the gateway', () => {
    const address = /SLUICE_HEALTH_ADDRESS=0\.0\.0\.0:(\d+)/.exec(worker.last('ENV'));
    expect(worker.last('HEALTHCHECK')).toContain(`http://127.0.0.1:${address?.[1]}/healthz`);
    expect(worker.last('ENV')).toContain(`SLUICE_GATEWAY_ADDRESS=0.0.0.0:${address?.[1]}`);
  });
});

describe('the image for the jobs of CI systems', () => {
  const stage = worker.stage('ci');
  const valueOf = (name: string) => valueIn(stage, name);

  it('runs the command that is given to it, and finds it by its name, too', () => {
    expect(JSON.parse(valueOf('ENTRYPOINT'))).toEqual(['sluice']);
    expect(JSON.parse(valueOf('CMD'))).toEqual(['--help']);
    expect(valueOf('RUN')).toBe('ln -s /app/bin/sluice /usr/local/bin/sluice');
    expect(statSync(join(root, 'bin/sluice')).mode & 0o111).toBe(0o111);
  });

  it('does not run as root, listens to nothing, and is not asked for its health', () => {
    expect(valueOf('USER')).toBe('node');
    expect(['EXPOSE', 'HEALTHCHECK'].map(valueOf)).toEqual(['', '']);
    expect(valueOf('ENV')).toBe('NODE_ENV=production');
  });

  it('has what the worker has, without what the worker is asked', () => {
    const copies = (one: typeof stage) => one.filter(({ name }) => name === 'COPY');
    expect(copies(stage)).toEqual(copies(worker.lastStage));
    expect(copies(stage)).not.toEqual([]);
  });
});

describe("the emulator's image", () => {
  it('takes from the Python package index what has the hashes that are named, as the set-up does', () => {
    const [, options = ''] =
      /pip install (.*?) +--requirement/.exec(emulator.values('RUN').join()) ?? [];
    expect(options.split(/ +/)).toEqual(expect.arrayContaining(PIP_KNOWN));
  });

  it('runs what the local stack runs', () => {
    expect(JSON.parse(emulator.last('CMD'))).toEqual(['/opt/python/bin/python', EMULATOR]);
  });
});
