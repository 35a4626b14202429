import Fastify from 'fastify';
import { LOOPBACK } from '../../../src/local/ports.js';
import type { Value } from './arithmetic.js';
import { evaluate, NotUnderstood } from './evaluate.js';
import type { LocalEmulator } from '../emulator.js';
import { Invocations } from './invocations.js';

/** Longer expressions than any that a person writes. */
const MAX_BYTES = 64 * 1024;

/** The metrics of the local stack, which answer as Prometheus does. */
export interface LocalMetrics {
  /** As the settings of a provider have it. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Answers instant queries about the invocations that the emulator has seen.
 *
 * Source: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export async function startMetrics(
  emulator: Pick<LocalEmulator, 'requests'>,
): Promise<LocalMetrics> {
  const invocations = new Invocations(emulator);
  const server = Fastify({ bodyLimit: MAX_BYTES });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.post('/api/v1/query', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const at = Number(form.get('time') ?? Date.now() / 1000) * 1000;
    try {
      const find = (metric: string) => invocations.series(metric);
      const value = await evaluate(form.get('query') ?? '', at, find);
      return { status: 'success', data: dataOf(value, at) };
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      return reply.code(400).send({ status: 'error', errorType: 'bad_data', error: error.message });
    }
  });
  const url = await server.listen({ host: LOOPBACK, port: 0 });
  return { url, stop: () => server.close() };
}

function dataOf(value: Value, at: number) {
  const sample = (each: number) => [at / 1000, textOf(each)];
  if (typeof value === 'number') return { resultType: 'scalar', result: sample(value) };
  const result = value.map(({ labels, value: each }) => ({
    metric: Object.fromEntries(labels),
    value: sample(each),
  }));
  return { resultType: 'vector', result };
}

/** As Prometheus writes numbers. */
function textOf(value: number): string {
  return Number.isFinite(value) || Number.isNaN(value)
    ? String(value)
    : value > 0
      ? '+Inf'
      : '-Inf';
}
