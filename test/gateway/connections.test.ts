import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CONNECTIONS } from '../../src/gateway/limits.js';
import { callbackPath } from './gatewayInProcess.js';
import { gateway, restarted } from './ownGateway.js';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Connections that ask for the health once, and then for nothing. */
async function idle(count: number, localAddress: string): Promise<void> {
  const open = Array.from({ length: count }, async () => {
    const socket = connect({ port: gateway.port, host: '127.0.0.1', localAddress });
    sockets.push(socket.on('error', () => undefined));
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  });
  await Promise.all(open);
}

describe('one client with all the connections that there are', () => {
  it('keeps nobody else from sending a callback, and is told of by the metrics', async () => {
    await idle(CONNECTIONS.total, '127.0.0.2');
    expect((await gateway.post(await callbackPath())).status).toBe(202);
    const metrics = await gateway.metrics.text();
    const closed = CONNECTIONS.total - CONNECTIONS.perClient;
    expect(metrics).toContain(
      `sluice_gateway_connections_closed_total{full="perClient"} ${closed}\n`,
    );
    const [, open] = /^sluice_gateway_connections (\d+)$/m.exec(metrics) ?? [];
    expect(Number(open)).toBeGreaterThanOrEqual(CONNECTIONS.perClient);
    expect(Number(open)).toBeLessThanOrEqual(CONNECTIONS.perClient + 1);
  });

  it('may be a load balancer, if the settings name it', async () => {
    await restarted({ settings: { trustedProxies: ['127.0.0.2'] } });
    await idle(2 * CONNECTIONS.perClient, '127.0.0.2');
    expect(await gateway.connections()).toBe(2 * CONNECTIONS.perClient);
    expect((await gateway.post(await callbackPath())).status).toBe(202);
  });
});

describe('an address that cannot be decoded', () => {
  it.each(['/callbacks/%zz/callback', '/%', '/%C3'])(
    'counts for the limit of whoever sends it: %s',
    async (path) => {
      await restarted({ settings: { requestsPerSecond: 2 } });
      const statuses = [];
      for (let sent = 0; sent < 4; sent += 1) statuses.push((await gateway.post(path)).status);
      expect(statuses).toEqual([400, 400, 429, 429]);
      expect(await gateway.metrics.text()).toContain('outcome="malformed"} 2\n');
      expect(await gateway.metrics.text()).toContain('outcome="tooManyRequests"} 2\n');
      expect(gateway.log).toEqual([]);
    },
  );

  it('counts for the client behind a proxy, and not for the proxy', async () => {
    const trustedProxies = ['127.0.0.0/8'];
    await restarted({ settings: { requestsPerSecond: 1, trustedProxies } });
    const from = async (client: string) =>
      (await gateway.post('/%zz', undefined, { 'X-Forwarded-For': client })).status;
    expect([await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([400, 400]);
    expect(await from('203.0.113.1')).toBe(429);
  });
});

describe('requests of one client that come together', () => {
  it('are answered up to the limit, and counted as what they were answered', async () => {
    await restarted({ settings: { requestsPerSecond: 50 } });
    const request = 'POST /callbacks/bad/callback HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n';
    const socket = connect(gateway.port, '127.0.0.1');
    sockets.push(socket);
    socket.write(`${request}\r\n`.repeat(59) + `${request}Connection: close\r\n\r\n`);
    const statuses = [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, one]) => one);
    const times = (status: string, count: number) => Array<string>(count).fill(status);
    expect(statuses).toEqual([...times('403', 50), ...times('429', 10)]);
    const metrics = await gateway.metrics.text();
    expect(metrics).toContain('{outcome="forged"} 50\n');
    expect(metrics).toContain('{outcome="tooManyRequests"} 10\n');
  });
});

describe('a client that goes before it is answered', () => {
  it('is counted with what became of its callback', async () => {
    let finish = (): void => undefined;
    const delivering = new Promise<void>((resolve) => (finish = resolve));
    let asked = (): void => undefined;
    const received = new Promise<void>((resolve) => (asked = resolve));
    await restarted({
      deliver: async () => {
        asked();
        await delivering;
        return 'accepted';
      },
    });
    const path = await callbackPath();
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{"success":true}`,
    );
    await received;
    socket.destroy();
    await once(socket, 'close');
    finish();
    await new Promise(setImmediate);
    expect(await gateway.metrics.text()).toContain('outcome="accepted"} 1\n');
    expect(gateway.log).toMatchObject([{ outcome: 'accepted' }]);
  });
});
