import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { connect } from '../../src/client.js';
import { shared } from '../support/shared.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';

const environment = NO_TEMPORAL_CONFIG;

describe('a connection', () => {
  it('to nothing is refused at once, with the address and how to start a server', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const connecting = connect({ environment, address: `127.0.0.1:${port}` });
    await expect(connecting).rejects.toMatchObject({ code: 'unreachable' });
    await expect(connecting).rejects.toThrow(
      `Temporal cannot be reached at 127.0.0.1:${port}: connection refused. Start one with`,
    );
  });

  it('to what is not Temporal is given up', async () => {
    const accepted: Socket[] = [];
    const server = createServer((socket) => void accepted.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const connecting = connect({ environment, address: `127.0.0.1:${port}` });
    await expect(connecting).rejects.toMatchObject({ code: 'unreachable' });
    server.close();
    // Of a session that never began, gRPC leaves the connection open.
    for (const socket of accepted) socket.destroy();
  });

  it('to a web server says what it answered instead', async () => {
    const server = createHttp2Server((_, response) => void response.writeHead(404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const sluice = await connect({ environment, address: `127.0.0.1:${port}` });
    const expected = {
      code: 'unreachable',
      message: expect.stringMatching(/it does not answer as Temporal does \(gRPC status 12: "/),
    };
    await expect(sluice.running().next()).rejects.toMatchObject(expected);
    await expect(sluice.status('shop')).rejects.toMatchObject(expected);
    await sluice.close();
    server.close();
  });

  it('to a name that nobody knows says so', async () => {
    const connecting = connect({ environment, address: 'temporal.invalid:7233' });
    await expect(connecting).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining("temporal.invalid:7233: the host's name cannot be resolved"),
    });
  });

  it('to a namespace that does not exist is said when it is asked for something', async () => {
    const address = shared.temporalAddress;
    const sluice = await connect({ environment, address, namespace: 'nowhere' });
    await expect(sluice.status('shop')).rejects.toMatchObject({
      code: 'namespaceNotFound',
      message: expect.stringContaining('has no namespace "nowhere". Create it with'),
    });
    await sluice.close();
  });
});
