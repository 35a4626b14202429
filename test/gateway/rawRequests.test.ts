import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { callbackPath, GatewayInProcess } from './gatewayInProcess.js';

let gateway: GatewayInProcess;
let path: string;
beforeAll(async () => {
  gateway = await GatewayInProcess.start();
  path = await callbackPath();
});
afterAll(() => gateway.stop());

/** Everything that comes back for some bytes, until the gateway closes the connection. */
async function answerTo(bytes: string | Uint8Array): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
}

const head = (...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join(
    '\r\n',
  );

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP', () => 'nonsense\r\n\r\n', 400],
    ['TLS', () => Buffer.from('16030100c4010000c003034f', 'hex'), 400],
    ['an unknown method', () => 'DEPLOY / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a head that is too long', () => head(`X-Long: ${'x'.repeat(20_000)}`), 431],
    ['an address that is too long', () => `POST /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
    ['two lengths', () => head('Content-Length: 2', 'Content-Length: 3'), 400],
    ['a length and chunks', () => head('Content-Length: 2', 'Transfer-Encoding: chunked'), 400],
    ['chunks that are none', () => `${head('Transfer-Encoding: chunked')}zz\r\n`, 400],
  ])('%s are answered as JSON', async (_, bytes, status) => {
    const answer = await answerTo(bytes());
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*\r\n`));
    expect(answer).toMatch(/\r\nCache-Control: no-store\r\nX-Request-Id: [\da-f-]{36}\r\n/i);
    const [, body = ''] = answer.split('\r\n\r\n');
    expect(JSON.parse(body)).toHaveProperty('message');
    expect(gateway.delivered).toEqual([]);
  });

  it('that come too slowly are given up', async () => {
    expect(await answerTo('POST / HTTP/1.1\r\nHost:')).toMatch(/^HTTP\/1\.1 408 /);
    expect(await gateway.metrics.text()).toContain('outcome="tooSlow"} 1\n');
  });

  it('leave no connection, also when the client would keep it', async () => {
    const others = await gateway.connections();
    const socket = connect({ port: gateway.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.write('nonsense\r\n\r\n');
    await once(socket.resume(), 'end');
    await until('the connection was closed', async () =>
      (await gateway.connections()) <= others ? true : undefined,
    );
    socket.destroy();
  });

  it('do not keep others from sending theirs', async () => {
    expect((await gateway.post(path)).status).toBe(202);
  });
});

describe('a token that is refused', () => {
  it('is refused before its body has been sent', async () => {
    const refused =
      'POST /callbacks/x/callback HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n';
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(refused);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  });
});
