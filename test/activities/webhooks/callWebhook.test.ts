import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEND_LIMITS } from '../../../src/activities/send.js';
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
          'user-agent': 'sluice',
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
  ])('has values in its body that fit in %s', async (_, type, bodyTemplate, body) => {
    const headers = type === undefined ? [] : [{ key: 'content-type', value: type }];
    await call(callOf({ ...uri(), headers, bodyTemplate }));
    expect(receiver.received[0]?.body).toBe(body);
  });

  it.each([
    ['a base address as it is', '{{context.base}}:PORT/x', '/x'],
    ['the slashes of a path', 'http://127.0.0.1:PORT/{{context.path}}', '/a/b%20c'],
    ['nothing of a query', 'http://127.0.0.1:PORT/?p={{context.path}}', '/?p=a%2Fb%20c'],
  ])('keeps %s in its URI', async (_, template, path) => {
    const uriTemplate = template.replace('PORT', String(receiver.port));
    await call(callOf({ uriTemplate }));
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
      void response.writeHead(400).end(request.headers.authorization);
    const headers = [{ key: 'Authorization', value: '{{secrets.token}}' }];
    const [withSecret, withCallback] = [
      await call(callOf({ ...uri(), headers })),
      await call(callOf(uri(), { callbackExpiresAt: EXPIRES_AT })),
    ];
    expect(failureOf(withSecret)).toMatch(/with 400\.$/);
    expect(failureOf(withCallback)).toMatch(/with 400\.$/);
  });

  it('names no host that is secret', async () => {
    receiver.answer = (_, response) => void response.writeHead(400).end();
    const secrets = { get: () => Promise.resolve(receiver.url) };
    const result = await call(callOf({ uriTemplate: '{{secrets.hook}}/x' }), { secrets });
    expect(failureOf(result)).toBe('The webhook tests was answered with 400.');
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
  const limits = { ...SEND_LIMITS, connectMs: 300, totalMs: 300 };

  it('in time is a failure that may pass', async () => {
    receiver.answer = () => undefined;
    const result = await call(callOf(uri()), { limits });
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe('The webhook tests did not answer within 0.3 s.');
  });

  it('to the end is a failure that may pass', async () => {
    receiver.answer = (_, response) => void response.write('x');
    expect(failureOf(await call(callOf(uri()), { limits }))).toContain('did not answer within');
  });

  it('because the connection is broken off may pass', async () => {
    receiver.answer = (request) => void request.socket.destroy();
    const result = await call(callOf(uri()));
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe('The webhook tests broke the connection off.');
  });

  it('because nobody listens may pass', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const result = await call(callOf({ uriTemplate: `http://127.0.0.1:${port}/` }));
    expect(result).toMatchObject({ retryable: true });
    expect(failureOf(result)).toBe('The webhook tests refuses connections.');
  });

  it('because the name does not exist is said', async () => {
    const result = await call(callOf({ uriTemplate: 'http://nobody.invalid/' }));
    expect(failureOf(result)).toContain('name cannot be resolved');
  });

  it('because it does not speak HTTP is said', async () => {
    const server = createServer((socket) => void socket.end('220 mail\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    const result = await call(callOf({ uriTemplate: `http://127.0.0.1:${port}/` }));
    server.close();
    expect(failureOf(result)).toBe('The webhook tests does not answer in HTTP.');
  });

  it.skipIf(!hasOpenssl)(
    'that could be trusted, from a server with a certificate of its own, is final',
    async () => {
      const secure = await Receiver.start(selfSigned());
      const result = await call(callOf({ uriTemplate: `${secure.url}/` }));
      await secure.stop();
      expect(result).toMatchObject({ retryable: false });
      expect(failureOf(result)).toContain('cannot be trusted: its TLS certificate');
      expect(secure.received).toEqual([]);
    },
  );

  it('is waited for any longer once the deployment is cancelled', async () => {
    receiver.answer = () => environment.cancel();
    const environment = new MockActivityEnvironment();
    await expect(call(callOf(uri()), {}, environment)).rejects.toThrow();
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
