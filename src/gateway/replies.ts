import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../process/log.js';
import { SluiceError } from '../errors.js';
import { type AnswerName, ANSWERS, bodyOf } from './answers.js';
import type { GatewayMetrics } from './metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** When it came, in milliseconds of a clock of its own. */
    cameAt: number;
  }
}

interface LoggedReply {
  name: AnswerName;
  /** As the metrics and the log call it: sometimes finer than the answer. */
  outcome: string;
  /** Why, for the log alone. */
  error?: unknown;
}

export interface Details extends Partial<Omit<LoggedReply, 'name'>> {
  /** Instead of the usual sentence. */
  message?: string;
  headers?: Readonly<Record<string, string>>;
}

/** Answers requests, counts the answers, and writes them into the log: never what was asked. */
export class Replies {
  constructor(
    private readonly metrics: GatewayMetrics,
    private readonly log: Log,
  ) {}

  /** Has a gateway note when requests come. */
  watch(app: FastifyInstance): void {
    app.decorateRequest('cameAt', 0);
    app.addHook('onRequest', (request, _, done) => {
      request.cameAt = performance.now();
      done();
    });
  }

  /** It is counted also when the client has gone meanwhile: it has had its effect. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    name: AnswerName,
    { message, headers, ...details }: Details = {},
  ): FastifyReply {
    this.#note(request, { name, outcome: name, ...details });
    return reply
      .code(ANSWERS[name].code)
      .headers({ ...commonHeaders(request.id), ...headers })
      .send(bodyOf(name, message));
  }

  #note(request: FastifyRequest, { name, outcome, error }: LoggedReply): void {
    const milliseconds = performance.now() - request.cameAt;
    this.metrics.answered(outcome, milliseconds);
    // What anybody can cause as often as they like is counted, and not written down.
    if (request.is404 || name === 'tooManyRequests') return;
    const { code } = ANSWERS[name];
    this.#levelOf(code)('Callback', {
      ...{ outcome, code, requestId: request.id, client: request.ip },
      ...stepOf(request),
      milliseconds: Math.round(milliseconds),
      ...reasonOf(error),
    });
  }

  #levelOf(code: number) {
    if (code < 500) return this.log.info;
    return code === 503 ? this.log.warn : this.log.error;
  }
}

/** The headers of every answer. */
export function commonHeaders(requestId: string): Record<string, string> {
  return { 'Cache-Control': 'no-store', 'X-Request-Id': requestId };
}

/** What the callback is about, as far as its token is good. */
function stepOf({ callback }: FastifyRequest): object {
  if (callback === undefined) return {};
  const { workflowId, runId, gate } = callback.claims;
  return { workflowId, runId, gate };
}

/** Where an error comes from is of interest only when it was not foreseen. */
function reasonOf(error: unknown): object {
  if (error === undefined) return {};
  return error instanceof SluiceError ? { reason: error.message } : { error };
}
