import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { cannotListen } from '../process/listening.js';
import type { ListenAddress } from '../settings/address.js';

/** What a gateway counts. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #answers = new Counter({
    name: 'sluice_gateway_answers_total',
    help: 'Requests, by what was answered.',
    labelNames: ['status'] as const,
    registers: [this.#registry],
  });
  readonly #durations = new Histogram({
    name: 'sluice_gateway_answer_seconds',
    help: 'How long answers took.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  answered(status: string, ms: number): void {
    this.#answers.inc({ status });
    this.#durations.observe(ms / 1000);
  }

  /**
   * Serves `GET /metrics`, at an address of its own: it is nobody's business outside.
   *
   * @throws SluiceError `addressInUse`
   */
  async serve(address: ListenAddress): Promise<Server> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') return void response.writeHead(404).end();
      return void this.#registry.metrics().then((text) => {
        response.writeHead(200, { 'Content-Type': this.#registry.contentType }).end(text);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) =>
        reject(cannotListen('SLUICE_METRICS_ADDRESS', address, cause)),
      );
      server.listen(address.port, address.host, resolve);
    });
    return server;
  }
}
