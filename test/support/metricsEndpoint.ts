import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a function's metrics tell apart, such as `{function: 'orders', version: '7'}`. */
export type Labels = Readonly<Record<string, string>>;

/** A page of metrics as Prometheus scrapes them, on this machine. */
export class MetricsEndpoint {
  readonly #samples = new Map<string, number>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4');
      response.end(this.#page());
    });
  }

  static async start(): Promise<MetricsEndpoint> {
    const endpoint = new MetricsEndpoint();
    await once(endpoint.#server.listen(0, '127.0.0.1'), 'listening');
    return endpoint;
  }

  /** host:port, where the page is served at every path. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  set(name: string, labels: Labels, value: number): void {
    this.#samples.set(seriesOf(name, labels), value);
  }

  /** Adds to a counter. */
  count(name: string, labels: Labels, by = 1): void {
    const series = seriesOf(name, labels);
    this.#samples.set(series, (this.#samples.get(series) ?? 0) + by);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #page(): string {
    return [...this.#samples].map(([series, value]) => `${series} ${value}\n`).join('');
  }
}

/** Label values are written like texts in JSON. */
function seriesOf(name: string, labels: Labels): string {
  const written = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${name}{${written.join(',')}}`;
}
