import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';
import { call, callOf, EXPIRES_AT } from './bench.js';
import { Receiver } from './receiver.js';

const hasOpenssl = findsOpenssl();

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const uri = (path = '/runs'): { uriTemplate: string } => ({
  uriTemplate: `${receiver.url}${path}`,
});
const called = (): string => `The webhook tests (127.0.0.1:${receiver.port})`;
const failureOf = (result: object): string =>
  'failure' in result ? (result.failure as { message: string }).message : 'none';

describe('a webhook that is called', () => {
  it('gets what the file says, with every variable filled in', async () => {
    const result = await call(
      callOf({
        ...uri('/{{armory.environmentName}}?by={{context.team}}'),
        method: 'PUT',
        headers: [{ key: 'Authorization', value: 'Bearer {{secrets.token}}' }],
        bodyTemplate: '{"version": {{armory.version}}, "team": "{{context.team}}"}',
      }),
    );
    expect(result).toEqual({ status: 200 });
    expect(receiver.received).toMatchObject([
      {
        method: 'PUT',
        path: '/prod?by=ops%20%221%22',
        headers: {
          authorization: 'Bearer s3cr3t/tok"en',
          'content-type': 'application/json',
          'user-agent': 'sluice/1.2.3',
        },
      },
    ]);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({ version: 7, team: 'ops "1"' });
  });

  it('can tell a call that is made again by its key', async () => {
    await call(callOf(uri()));
    await call(callOf(uri()));
    await call(callOf(uri(), { gate: 'prod/after/2' }));
    const [one, again, other] = receiver.received.map(({ headers }) => headers['idempotency-key']);
    expect(one).toBe(again);
    expect(other).not.toBe(one);
  });

  it('gets an address for its callback, made for its step alone', async () => {
    const bodyTemplate = '{"callback": "{{armory.callbackUri}}/callback"}';
    await call(callOf({ ...uri(), bodyTemplate }, { callbackExpiresAt: EXPIRES_AT }));
    expect(receiver.received[0]?.body).toMatch(
      /"https:\/\/sluice\.example\.com\/callbacks\/[^/]+\/prod%2Fafter%2F1\/callback"/,
    );
  });

  it.each([
    ['JSON by its header', 'application/vnd.api+json', 'x {{context.team}}', 'x ops \\"1\\"'],
    ['text by its header', 'text/plain', '{"a": "{{context.team}}"}', '{"a": "ops "1""}'],
    ['text by its looks', undefined, 'hello {{context.team}}', 'hello ops "1"'],
    ['a list by its looks', undefined, '["{{context.team}}"]', '["ops \\"1\\""]'],
    ['text that only begins like a list', undefined, '[x] {{context.team}}', '[x] ops "1"'],
    ['a form', 'application/x-www-form-urlencoded', 't={{context.team}}', 't=ops+%221%22'],
  ])('has values in its body that fit in %s', async (_, type, bodyTemplate, body) => {
    const headers = type === undefined ? [] : [{ key: 'content-type', value: type }];
    await call(callOf({ ...uri(), headers, bodyTemplate }));
    expect(receiver.received[0]?.body).toBe(body);
  });

  it('has every header that is given, also several of one name', async () => {
    const headers = [
      { key: 'X-Tag', value: 'one' },
      { key: 'x-tag', value: 'two {{context.team}}' },
      { key: 'USER-AGENT', value: 'mine' },
      { key: 'Idempotency-Key', value: 'mine' },
    ];
    await call(callOf({ ...uri(), headers }));
    expect(receiver.received[0]?.headers).toMatchObject({
      'x-tag': 'one, two ops "1"',
      'user-agent': 'mine',
      'idempotency-key': 'mine',
    });
  });

  it.each(['constructor', '__proto__'])(
    'may get a header of a name that every object has: %s',
    async (key) => {
      const headers = [{ key, value: 'one' }];
      expect(await call(callOf({ ...uri(), headers }))).toEqual({ status: 200 });
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD'] as const)(
    'is called with %s and no body where there is none',
    async (method) => {
      expect(await call(callOf({ ...uri(), method }))).toEqual({ status: 200 });
      const [{ headers, ...rest } = { headers: {} }] = receiver.received;
      expect(rest).toMatchObject({ method, body: '' });
      expect(headers).not.toHaveProperty('transfer-encoding');
      expect(headers).not.toHaveProperty('content-type');
    },
  );

  it('is told how long its body is, in any method', async () => {
    await call(callOf({ ...uri(), method: 'DELETE', bodyTemplate: 'ä' }));
    expect(receiver.received[0]).toMatchObject({ body: 'ä', headers: { 'content-length': '2' } });
  });

  it.each([
    ['a base address as it is', '{{context.base}}:PORT/x', '/x'],
    ['the slashes of a path', 'http://127.0.0.1:PORT/{{context.path}}', '/a/b%20c'],
    ['nothing of a query', 'http://127.0.0.1:PORT/?p={{context.path}}', '/?p=a%2Fb%20c'],
    ['a host and its port', 'http://{{context.host}}/x', '/x'],
    ['the query of a base address', '{{context.query}}&p={{context.path}}', '/?a=b&p=a%2Fb%20c'],
  ])('keeps %s in its URI', async (_, template, path) => {
    const uriTemplate = template.replace('PORT', String(receiver.port));
    const context = {
      path: 'a/b c',
      base: 'http://127.0.0.1',
      host: `127.0.0.1:${receiver.port}`,
      query: `${receiver.url}/?a=b`,
    };
    await call(callOf({ uriTemplate }, { context }));
    expect(receiver.received[0]?.path).toBe(path);
  });
});

describe('nothing is sent', () => {
  afterEach(() => expect(receiver.received).toEqual([]));

  it.each(['context.nobody', 'armory.previousVersion', 'armory.callbackUri'])(
    'when %s has no value',
    async (name) => {
      const bodyTemplate = `{{${name}}}`;
      await expect(call(callOf({ ...uri(), bodyTemplate }))).rejects.toMatchObject({
        type: 'webhookFailed',
        nonRetryable: true,
        message: expect.stringContaining(`${name}, which the webhook tests uses, has no value`),
      });
    },
  );

  it('when a secret is missing', async () => {
    const bodyTemplate = '{{secrets.nobody}}';
    await expect(call(callOf({ ...uri(), bodyTemplate }))).rejects.toMatchObject({
      type: 'secretNotFound',
      nonRetryable: true,
    });
  });

  it('when it waits for a callback that could not come back', async () => {
    const input = callOf(uri(), { callbackExpiresAt: EXPIRES_AT });
    await expect(call(input, { issueCallback: undefined as never })).rejects.toMatchObject({
      message: expect.stringContaining('where callbacks arrive is not configured'),
    });
  });

  it.each([
    ['a header with a line break', { headers: [{ key: 'X', value: 'a\nB: c' }] }, 'no header can'],
    ['a name that is no header', { headers: [{ key: 'X Y', value: 'a' }] }, 'name is none'],
    ['a Host header', { headers: [{ key: 'Host', value: 'a' }] }, 'belongs to the connection'],
    ['a file', { uriTemplate: 'file:///etc/passwd' }, 'not http or https'],
    ['a URI that is none', { uriTemplate: '{{armory.version}}' }, 'a URI that is none'],
    ['a user in the URI', { uriTemplate: 'http://a:b@127.0.0.1/' }, 'a user in its URI'],
  ])('for %s', async (_, webhook, said) => {
    const result = await call(callOf({ ...uri(), ...webhook }));
    expect(result).toMatchObject({ retryable: false });
    expect(failureOf(result)).toContain(said);
  });

  it('with a value that leads to another path', async () => {
    const context = { path: '../../admin' };
    const result = await call(callOf(uri('/a/b/{{context.path}}'), { context }));
    expect(failureOf(result)).toContain('leads elsewhere');
  });

  it.each(['a@127.0.0.1', 'a/b', 'a?b', 'a#b', 'a\\b', 'a b', ''])(
    'with a value that makes something else of the host: %j',
    async (host) => {
      const result = await call(
        callOf({ uriTemplate: 'http://{{context.host}}/' }, { context: { host } }),
      );
      expect(failureOf(result)).toBe(
        'The webhook tests has a URI that is none once it is filled in.',
      );
    },
  );

  it('when a value breaks the JSON of its body', async () => {
    const bodyTemplate = '{"team": {{context.team}}}';
    const result = await call(callOf({ ...uri(), bodyTemplate }));
    expect(result).toMatchObject({
      retryable: false,
      failure: { remedy: expect.stringContaining('quotes') },
    });
    expect(failureOf(result)).toContain('no JSON any more');
  });

  it.each(['localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0'])(
    'to this machine as %s, unless the settings allow it',
    async (host) => {
      const guard = new AddressGuard([]);
      const uriTemplate = `http://${host}:${receiver.port}/`;
      const result = await call(callOf({ uriTemplate }), { guard });
      expect(result).toMatchObject({
        retryable: false,
        failure: { remedy: expect.stringContaining('network.allow') },
      });
      expect(failureOf(result)).toContain('is not a public address');
    },
  );
});

describe('an answer that is no success', () => {
  it.each([
    [400, false],
    [401, false],
    [404, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])('of %i may pass: %s', async (status, retryable) => {
    receiver.answer = (_, response) => void response.writeHead(status).end('Not now.');
    const result = await call(callOf(uri()));
    expect(result).toEqual({
      failure: {
        code: 'webhookFailed',
        message: `The webhook tests was answered by 127.0.0.1:${receiver.port} with ${status}: Not now.`,
        target: 'prod',
      },
      retryable,
    });
  });

  it('says for how long it wants to be left alone', async () => {
    receiver.answer = (_, response) => void response.writeHead(503, { 'Retry-After': '7' }).end();
    expect(await call(callOf(uri()))).toMatchObject({ retryAfterMs: 7000 });
  });

  it('is a redirect, which is not followed', async () => {
    const other = await Receiver.start();
    receiver.answer = (_, response) =>
      void response.writeHead(307, { Location: `${other.url}/` }).end();
    const result = await call(callOf(uri()));
    await other.stop();
    expect(failureOf(result)).toContain('redirected by');
    expect(result).toMatchObject({ retryable: false });
    expect(other.received).toEqual([]);
  });

  it('is not quoted when it could repeat a secret or a callback address', async () => {
    receiver.answer = (request, response) =>
      void response.writeHead(400).end(`${request.headers.authorization}`);
    const headers = [{ key: 'Authorization', value: '{{secrets.token}}' }];
    const [withSecret, withCallback] = [
      await call(callOf({ ...uri(), headers })),
      await call(
        callOf(
          { ...uri(), bodyTemplate: '{{armory.callbackUri}}' },
          { callbackExpiresAt: EXPIRES_AT },
        ),
      ),
    ];
    expect(failureOf(withSecret)).toMatch(/with 400\.$/);
    expect(failureOf(withCallback)).toMatch(/with 400\.$/);
  });

  it('names no host that is secret', async () => {
    receiver.answer = (_, response) => void response.writeHead(400).end();
    const secrets = { get: () => Promise.resolve(receiver.url) };
    const result = await call(callOf({ uriTemplate: '{{secrets.hook}}/x' }), { secrets });
    expect(failureOf(result)).toBe(
      'The webhook tests was answered by {{secrets.hook}}/x with 400.',
    );
  });

  it('is cut and printable', async () => {
    receiver.answer = (_, response) =>
      void response.writeHead(400).end('\u001b[31m' + 'x'.repeat(1e6));
    const message = failureOf(await call(callOf(uri())));
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain('\u001b');
  });
});

describe('no answer', () => {
  const limits = { connectMs: 300, totalMs: 300 };

  it('in time is a failure that may pass', async () => {
    receiver.answer = () => undefined;
    const result = await call(callOf(uri()), { limits });
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe(`${called()} did not answer within 0.3 s.`);
  });

  it('from a name that is not resolved in time may pass', async () => {
    const resolve = (): Promise<never> => new Promise(() => undefined);
    const result = await call(callOf({ uriTemplate: 'http://ci.example.com/' }), {
      limits: { ...limits, totalMs: 10_000 },
      resolve,
    });
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe(
      'The webhook tests (ci.example.com) could not be connected to within 0.3 s.',
    );
  });

  it('to a TLS connection in time may pass', async () => {
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const connection = once(silent, 'connection') as Promise<[Socket]>;
    const result = await call(callOf({ uriTemplate: `https://127.0.0.1:${port}/` }), {
      limits: { ...limits, totalMs: 10_000 },
    });
    (await connection)[0].destroy();
    silent.close();
    expect(failureOf(result)).toContain('could not be connected to within 0.3 s');
  });

  it('because the connection is broken off may pass', async () => {
    receiver.answer = (request) => void request.socket.destroy();
    const result = await call(callOf(uri()));
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe(`${called()} broke the connection off.`);
  });

  it('but another protocol, which nobody asked for, may pass', async () => {
    receiver.answer = (request) =>
      void request.socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      );
    const result = await call(callOf(uri()));
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe(`${called()} broke the connection off.`);
  });

  it('because nobody listens may pass', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const result = await call(callOf({ uriTemplate: `http://127.0.0.1:${port}/` }));
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe(`The webhook tests (127.0.0.1:${port}) refuses connections.`);
  });

  it('because the name does not exist is said', async () => {
    const result = await call(callOf({ uriTemplate: 'http://nobody.invalid/' }));
    expect(failureOf(result)).toContain('name cannot be resolved');
  });

  it('because it does not speak HTTP is said', async () => {
    const server = createServer((socket) => void socket.end('220 mail\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const result = await call(callOf({ uriTemplate: `http://127.0.0.1:${port}/` }));
    server.close();
    expect(failureOf(result)).toBe(
      `The webhook tests (127.0.0.1:${port}) does not answer in HTTP.`,
    );
  });

  it.skipIf(!hasOpenssl)(
    'that could be trusted, from a server with a certificate of its own, is final',
    async () => {
      const secure = await Receiver.start(selfSigned());
      const result = await call(callOf({ uriTemplate: `${secure.url}/` }));
      await secure.stop();
      expect(result).toMatchObject({
        retryable: false,
        failure: { remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') },
      });
      expect(failureOf(result)).toContain('cannot be trusted: its certificate is signed by nobody');
      expect(secure.received).toEqual([]);
    },
  );

  it('because it speaks no TLS is final', async () => {
    const result = await call(callOf({ uriTemplate: `${receiver.url}/`.replace('http', 'https') }));
    expect(result).toMatchObject({ retryable: false });
    expect(failureOf(result)).toContain('does not speak TLS that can be used here');
  });

  it('is waited for any longer once the deployment is cancelled', async () => {
    let hungUp: Promise<unknown> | undefined;
    receiver.answer = (request) => {
      hungUp = once(request.socket, 'close');
      environment.cancel();
    };
    const environment = new MockActivityEnvironment();
    await expect(call(callOf(uri()), {}, environment)).rejects.toThrow(CancelledFailure);
    await hungUp;
    expect(receiver.received).toHaveLength(1);
  });
});

describe('the text of an answer', () => {
  it('that does not end changes nothing about its status', async () => {
    const limits = { connectMs: 300, totalMs: 300 };
    receiver.answer = (_, response) => void response.write('x');
    expect(await call(callOf(uri()), { limits })).toEqual({ status: 200 });
  });

  it('that breaks off changes nothing about its status', async () => {
    receiver.answer = (request, response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('x', () => request.socket.destroy());
    };
    expect(await call(callOf(uri()))).toEqual({ status: 200 });
  });

  it('that is endless is not read to its end', async () => {
    let sent = 0;
    receiver.answer = (_, response) => {
      const part = 'x'.repeat(100_000);
      const goOn = (): void => {
        while (!response.closed && response.write(part)) sent += 1;
        if (!response.closed) response.once('drain', goOn);
      };
      goOn();
    };
    expect(await call(callOf(uri()))).toEqual({ status: 200 });
    expect(sent).toBeLessThan(10_000);
  });
});

describe('a name', () => {
  const named = { uriTemplate: 'http://ci.example.com:PORT/' };
  const there = (): { uriTemplate: string } => ({
    uriTemplate: named.uriTemplate.replace('PORT', String(receiver.port)),
  });

  it('is resolved once, and what is called is an address that was checked', async () => {
    const asked: string[] = [];
    const resolve = (host: string) => {
      asked.push(host);
      const address = asked.length === 1 ? '127.0.0.1' : '127.0.0.2';
      return Promise.resolve([{ address, family: 4 }]);
    };
    const guard = new AddressGuard(['127.0.0.1']);
    expect(await call(callOf(there()), { resolve, guard })).toEqual({ status: 200 });
    expect(asked).toEqual(['ci.example.com']);
    expect(receiver.received[0]?.headers['host']).toBe(`ci.example.com:${receiver.port}`);
  });

  it('of which one address may not be called is not called at all', async () => {
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '10.1.2.3', family: 4 },
    ];
    const result = await call(callOf(there()), { resolve: () => Promise.resolve(addresses) });
    expect(result).toMatchObject({ retryable: false });
    expect(failureOf(result)).toBe(
      `The webhook tests (ci.example.com:${receiver.port}) is at 10.1.2.3, which is not a public address.`,
    );
    expect(receiver.received).toEqual([]);
  });

  it('without addresses is said', async () => {
    const result = await call(callOf(there()), { resolve: () => Promise.resolve([]) });
    expect(failureOf(result)).toContain('has a host without addresses');
  });
});

describe('what is said of a call', () => {
  it.each([
    ['{{secrets.base}}/hook', undefined],
    ['http://{{secrets.host}}:PORT/hook', undefined],
    ['http://127.0.0.1:PORT/{{secrets.path}}', '127.0.0.1'],
    ['http://127.0.0.1:PORT/?token={{secrets.path}}', '127.0.0.1'],
  ])('names the host only where no secret can be in it: %s', async (template, host) => {
    const known: Record<string, string> = {
      base: receiver.url,
      host: '127.0.0.1',
      path: 'hunter2',
    };
    const secrets = { get: (_: string, name: string) => Promise.resolve(known[name] ?? '') };
    const guard = new AddressGuard([]);
    const uriTemplate = template.replace('PORT', String(receiver.port));
    const message = failureOf(await call(callOf({ uriTemplate }), { secrets, guard }));
    expect(message).toContain(host === undefined ? `(${uriTemplate}) is at ***, which` : host);
    expect(message).not.toContain('hunter2');
    expect(message.includes('127.0.0.1')).toBe(host !== undefined);
  });
});

/** Only it can make a certificate here. */
function findsOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
}

function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], {
    stdio: 'ignore',
  });
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return pair;
}
