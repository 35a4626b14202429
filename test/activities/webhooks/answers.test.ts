import { describe, expect, it } from '@jest/globals';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';
import { call, callOf, EXPIRES_AT } from './bench.js';
import { failureOf, receiver, uri } from './ownReceiver.js';
import { Receiver } from './receiver.js';

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
    const message = failureOf(
      await call(callOf({ uriTemplate }), { secrets, guardFor: () => guard }),
    );
    expect(message).toContain(host === undefined ? `(${uriTemplate}) is at ***, which` : host);
    expect(message).not.toContain('hunter2');
    expect(message.includes('127.0.0.1')).toBe(host !== undefined);
  });
});
