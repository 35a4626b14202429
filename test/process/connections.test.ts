import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { shareConnections, type ConnectionWatch } from '../../src/process/connections.js';
import { until } from '../support/until.js';

const LIMITS = { total: 6, perClient: 4 };

/** This machine has all addresses that begin with 127. */
const [ONE, OTHER, THIRD] = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];

let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
});

/** Answers at once, but for what asks for `/slowly`. */
class Served {
  readonly slow: ServerResponse[] = [];
  readonly closed: string[] = [];
  #port = 0;
  #open = () => 0;

  static async start(watch: ConnectionWatch = {}): Promise<Served> {
    const served = new Served();
    const http = createServer(({ url }, response) => {
      if (url === '/slowly') served.slow.push(response);
      else response.end('well');
    });
    served.#open = shareConnections(http, LIMITS, {
      closed: (full) => served.closed.push(full),
      ...watch,
    });
    server = http.listen(0, '127.0.0.1');
    await once(server, 'listening');
    served.#port = (server.address() as AddressInfo).port;
    return served;
  }

  get open(): number {
    return this.#open();
  }

  /** Waits until the server knows of it: it has answered, or closed it. */
  async connect(localAddress: string | undefined): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress });
    sockets.push(socket);
    await once(socket, 'connect');
    await this.ask(socket);
    return socket;
  }

  async connectAll(client: string | undefined, count: number): Promise<Socket[]> {
    const all: Socket[] = [];
    for (let at = 0; at < count; at += 1) all.push(await this.connect(client));
    return all;
  }

  /** What comes back first; empty where the connection is closed. */
  async ask(socket: Socket, path = '/'): Promise<string> {
    socket.on('error', () => undefined);
    const answer = Promise.race([once(socket, 'data'), once(socket, 'close')]);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const [data] = (await answer) as [Buffer | boolean];
    return Buffer.isBuffer(data) ? data.toString() : '';
  }
}

describe('the connections of a server', () => {
  it('are given to one client up to its share, and the longest idle makes room', async () => {
    const served = await Served.start();
    const [first, second] = await served.connectAll(ONE, LIMITS.perClient);
    expect(await served.ask(first!)).toContain('well');
    await served.connect(ONE);
    expect(served.open).toBe(LIMITS.perClient);
    await until('the second was closed', () => Promise.resolve(second!.destroyed || undefined));
    expect(await served.ask(first!)).toContain('well');
    expect(served.closed).toEqual(['perClient']);
  });

  it('are never taken from whoever waits for an answer', async () => {
    const served = await Served.start();
    const busy = await served.connectAll(ONE, LIMITS.perClient);
    const answers = busy.map((socket) => served.ask(socket, '/slowly'));
    await until('all are asked', () =>
      Promise.resolve(served.slow.length === LIMITS.perClient || undefined),
    );
    const late = await served.connect(ONE);
    expect(late.destroyed).toBe(true);
    for (const response of served.slow) response.end('at last');
    for (const answer of await Promise.all(answers)) expect(answer).toContain('at last');
  });

  it('are taken from the client that has most, when there are no more', async () => {
    const served = await Served.start();
    const many = await served.connectAll(ONE, 4);
    const few = await served.connectAll(OTHER, 2);
    const newcomer = await served.connect(THIRD);
    expect(served.open).toBe(LIMITS.total);
    expect(await served.ask(newcomer)).toContain('well');
    await until('one of many was closed', () => Promise.resolve(many[0]!.destroyed || undefined));
    for (const socket of few) expect(await served.ask(socket)).toContain('well');
    expect(served.closed).toEqual(['total']);
  });

  it('may all be those of a proxy, and are taken from it only where there is nobody else', async () => {
    const served = await Served.start({ standsForMany: (address) => address === ONE });
    await served.connectAll(ONE, 5);
    const [stranger] = await served.connectAll(OTHER, 1);
    await served.connect(THIRD);
    await until('the stranger had to go', () => Promise.resolve(stranger!.destroyed || undefined));
    expect(served.closed).toEqual(['total']);
  });

  it('count for who is behind the addresses', async () => {
    const served = await Served.start({ clientOf: () => 'one network' });
    await served.connectAll(ONE, 3);
    await served.connectAll(OTHER, 3);
    expect(served.open).toBe(LIMITS.perClient);
  });

  it('are free again when they are closed', async () => {
    const served = await Served.start();
    for (const socket of await served.connectAll(ONE, 4)) socket.destroy();
    await until('all are gone', () => Promise.resolve(served.open === 0 || undefined));
    await served.connectAll(ONE, 4);
    expect(served.closed).toEqual([]);
  });
});
