import { createServer, type Server, type ServerResponse } from 'node:http';
import { FEW_CONNECTIONS, shareConnections } from '../process/connections.js';
import { listen } from '../process/listening.js';
import type { ListenAddress } from '../settings/address.js';
import type { GatewayMetrics } from './metrics.js';

/**
 * Serves `GET /metrics`, at an address of its own: what can be read there is nobody's business
 * outside.
 *
 * @throws SluiceError `addressInUse` when it cannot listen at the address
 */
export async function serveMetrics(
  address: ListenAddress,
  metrics: GatewayMetrics,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') void send(metrics, response);
    else response.writeHead(404).end('There is GET /metrics.\n');
  });
  shareConnections(server, FEW_CONNECTIONS);
  await listen(server, address, 'SLUICE_METRICS_ADDRESS');
  return server;
}

async function send(metrics: GatewayMetrics, response: ServerResponse): Promise<void> {
  const text = await metrics.text();
  response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
}
