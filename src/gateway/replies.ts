import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../process/log.js';
import { SluiceError } from '../settings/sluiceError.js';
import { type AnswerName, ANSWERS, bodyOf } from './answers.js';
import type { GatewayMetrics } from './metrics.js';

export interface Details {
  /** Instead of the usual sentence. */
  message?: string;
  headers?: Readonly<Record<string, string>>;
  /** The outcome in the metrics and the log, where it is finer than the answer. */
  outcome?: string;
  /** Why, for the log alone. */
  error?: unknown;
}

/** What anybody can cause as often as they like is counted, and not written down. */
const UNLOGGED: readonly AnswerName[] = ['notFound', 'methodNotAllowed', 'tooManyRequests'];

/** Answers requests, counts the answers, and writes them into the log: never what was asked. */
export class Replies {
  constructor(
    private readonly metrics: GatewayMetrics,
    private readonly log: Log,
  ) {}

  send(
    request: FastifyRequest,
    reply: FastifyReply,
    name: AnswerName,
    { message, headers = {}, outcome = name, error }: Details = {},
  ): FastifyReply {
    const { code } = ANSWERS[name];
    this.metrics.answered(outcome, reply.elapsedTime);
    if (!UNLOGGED.includes(name)) {
      this.#levelOf(code)('Callback', {
        ...{ outcome, code, requestId: request.id, client: request.ip },
        ...step(request),
        milliseconds: Math.round(reply.elapsedTime),
        ...reasonOf(error),
      });
    }
    return reply
      .code(code)
      .headers({ ...commonHeaders(request.id), ...headers })
      .send(bodyOf(name, message));
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
function step({ callback }: FastifyRequest): object {
  if (callback === undefined) return {};
  const { workflowId, runId, gate } = callback.claims;
  return { workflowId, runId, gate };
}

/** Where an error comes from is of interest only when it was not foreseen. */
function reasonOf(error: unknown): object {
  if (error === undefined) return {};
  return error instanceof SluiceError ? { reason: error.message } : { error };
}
