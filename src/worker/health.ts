import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FEW_CONNECTIONS, shareConnections } from '../process/connections.js';
import { listen } from '../process/listening.js';
import type { ListenAddress } from '../settings/address.js';

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
  shareConnections(server, FEW_CONNECTIONS);
  return {
    address: await listen(server, address, 'SLUICE_HEALTH_ADDRESS'),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
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
