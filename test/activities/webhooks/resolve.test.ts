import { lookup } from 'node:dns/promises';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createResolve, type Resolve } from '../../../src/activities/webhooks/resolve.js';
import { hostsIn, searchIn } from '../../../src/activities/webhooks/nameFiles.js';
import { call, callOf } from './bench.js';
import { NameServer } from './nameServer.js';
import { failureOf } from './ownReceiver.js';

let server: NameServer;
let folder: string;
let resolve: Resolve;
beforeAll(async () => {
  server = await NameServer.start({
    'both.example.com': ['192.0.2.1', '192.0.2.2', '2001:db8:0:0:0:0:0:1'],
    'short.apps.internal': ['192.0.2.3'],
    'here.example.com': ['127.0.0.1'],
    'silent.example.com': 'silent',
  });
  folder = await mkdtemp(join(tmpdir(), 'names-'));
  const [hostsFile, configuration] = [join(folder, 'hosts'), join(folder, 'resolv.conf')];
  await writeFile(hostsFile, '127.0.0.1 localhost\n10.1.2.3 chat chat.office.internal # inside\n');
  await writeFile(configuration, 'search nowhere.internal apps.internal\n');
  resolve = createResolve({ hostsFile, configuration, servers: [server.address] });
});
afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true });
});

const NOBODY_WAITS_LESS = new AbortController().signal;

describe('the addresses of a name', () => {
  it('are all that the name server knows, of both families', async () => {
    expect(await resolve('both.example.com', NOBODY_WAITS_LESS)).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '192.0.2.2', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
  });

  it('are those of the hosts file, which goes before every server', async () => {
    expect(await resolve('Chat', NOBODY_WAITS_LESS)).toEqual([{ address: '10.1.2.3', family: 4 }]);
    expect(server.asked).not.toContain('chat');
  });

  it('are found in the domains that the system searches', async () => {
    expect(await resolve('short', NOBODY_WAITS_LESS)).toEqual([
      { address: '192.0.2.3', family: 4 },
    ]);
  });

  it('are none where nobody has the name', async () => {
    await expect(resolve('none.example.com', NOBODY_WAITS_LESS)).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    server.asked.length = 0;
    await expect(resolve('none.example.com.', NOBODY_WAITS_LESS)).rejects.toThrow();
    expect(server.asked).toEqual(['none.example.com']);
  });

  it('are not waited for any more when nobody wants them', async () => {
    const stop = new AbortController();
    const waiting = resolve('silent.example.com', stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'EAI_AGAIN' });
  });
});

describe('webhooks that wait for a name server that does not answer', () => {
  it('do not keep the process from reading files and looking up other names', async () => {
    const stop = new AbortController();
    const limits = { connectMs: 60_000, totalMs: 60_000 };
    const order: string[] = [];
    const calls = Array.from({ length: 8 }, async () => {
      const webhook = { uriTemplate: 'http://silent.example.com/' };
      await call(callOf(webhook), { resolve: (host) => resolve(host, stop.signal), limits });
      order.push('a webhook was given up');
    });
    await lookup('localhost');
    await readFile(join(folder, 'hosts'));
    order.push('the process went on');
    stop.abort();
    await Promise.all(calls);
    expect(order[0]).toBe('the process went on');
  });

  it('fail with a sentence, and may be called again', async () => {
    const stop = new AbortController();
    const result = await call(callOf({ uriTemplate: 'http://silent.example.com/' }), {
      resolve: (host) => {
        const resolving = resolve(host, stop.signal);
        stop.abort();
        return resolving;
      },
    });
    expect(failureOf(result)).toContain('whose name cannot be resolved at the moment');
    expect(result).toMatchObject({ retryable: true });
  });
});

describe('the files of the system', () => {
  it('give several addresses and names to a line, and comments', () => {
    const hosts = hostsIn('127.0.0.1\tlocalhost me\n::1 localhost\n# 1.2.3.4 no\nnonsense x\n');
    expect(hosts.get('localhost')).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
    expect([...hosts.keys()]).toEqual(['localhost', 'me']);
  });

  it.each([
    ['', 'a', ['a']],
    ['search b.c d.e.\n', 'a', ['a.b.c', 'a.d.e', 'a']],
    ['search b.c\n', 'x.y', ['x.y', 'x.y.b.c']],
    ['search b.c\noptions timeout:1 ndots:2\n', 'x.y', ['x.y.b.c', 'x.y']],
    ['domain b.c\nsearch d.e\n', 'a', ['a.d.e', 'a']],
  ])('say which names are looked up: %j, %s', (content, name, expected) => {
    expect(searchIn(content, name)).toEqual(expected);
  });
});
