import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ListenAddress } from '../settings/address.js';
import { cannotListen } from '../process/listening.js';

/** What the health endpoint asks. Both answer why not, or undefined when all is well. */
export interface Health {
  /** Whether the process is worth keeping. */
  live(): string | undefined;
  /** Whether the worker takes work. */
  ready(): Promise<string | undefined>;
}

export interface HealthServer {
  /** Where it listens, with the port that the system chose if it had to. */
  address: ListenAddress;
  close(): void;
}

/**
 * Serves `GET /healthz` and `GET /readyz`: 200, or 503 with the reason, as JSON.
 *
 * @throws SluiceError `addressInUse` when it cannot listen at the address
 */
export async function serveHealth(address: ListenAddress, health: Health): Promise<HealthServer> {
  const server = createServer((request, response) => void answer(request, response, health));
  await listen(server, address);
  const bound = server.address();
  return {
    address: { ...address, port: typeof bound === 'object' && bound ? bound.port : address.port },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen('SLUICE_HEALTH_ADDRESS', address, cause)));
    server.listen(address.port, address.host, resolve);
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, health: Health) {
  const path = request.url?.split('?')[0];
  if (path !== '/healthz' && path !== '/readyz') {
    send(response, 404, { status: 'not found', reason: 'There are /healthz and /readyz.' });
  } else if (request.method !== 'GET') {
    response.setHeader('Allow', 'GET');
    send(response, 405, { status: 'method not allowed', reason: 'Only GET is.' });
  } else {
    const reason = path === '/healthz' ? health.live() : await health.ready();
    send(response, reason === undefined ? 200 : 503, reason === undefined ? OK : failed(reason));
  }
}

const OK = { status: 'ok' };

function failed(reason: string): object {
  return { status: 'unavailable', reason };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
