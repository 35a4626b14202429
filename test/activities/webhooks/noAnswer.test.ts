import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from '@jest/globals';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';
import { call, callOf } from './bench.js';
import { called, failureOf, receiver, uri } from './ownReceiver.js';
import { Receiver } from './receiver.js';
import { hasOpenssl, selfSigned } from './selfSigned.js';

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
    const server = createServer((socket) => void socket.resume().end('220 mail\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const result = await call(callOf({ uriTemplate: `http://127.0.0.1:${port}/` }));
    server.close();
    expect(failureOf(result)).toBe(
      `The webhook tests (127.0.0.1:${port}) does not answer in HTTP.`,
    );
  });

  (hasOpenssl ? it : it.skip)(
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
    expect(await call(callOf(there()), { resolve, guardFor: () => guard })).toEqual({
      status: 200,
    });
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
