import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** In seconds: a callback takes some milliseconds, and seconds when Temporal is slow. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a gateway counts, beside what every Node.js process can tell of itself. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #requests;
  readonly #duration;
  readonly #closed;
  /** How many connections are open, as somebody knows who is asked. */
  openConnections: () => number = () => 0;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'sluice_gateway_requests_total',
      help: 'Requests that were answered, health checks apart, by what became of them.',
      labelNames: ['outcome'],
      registers,
    });
    const connections: Gauge = new Gauge({
      name: 'sluice_gateway_connections',
      help: 'Connections that are open.',
      registers,
      collect: () => connections.set(this.openConnections()),
    });
    this.#closed = new Counter({
      name: 'sluice_gateway_connections_closed_total',
      help: 'Connections that were closed to make room, by what was full: what one client may have, or all together.',
      labelNames: ['full'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'sluice_gateway_request_duration_seconds',
      help: 'How long an answer took, health checks apart.',
      buckets: BUCKETS,
      registers,
    });
  }

  /** @param milliseconds - absent for what was no request yet */
  answered(outcome: string, milliseconds?: number): void {
    this.#requests.inc({ outcome });
    if (milliseconds !== undefined) this.#duration.observe(milliseconds / 1000);
  }

  /** @param full - `perClient` or `total` */
  connectionClosed(full: string): void {
    this.#closed.inc({ full });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
