import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Replies } from './replies.js';

/**
 * Answers requests of those who have sent too many.
 *
 * @returns whether it was answered. (Not the reply: who awaits that gets nothing, once it is sent.)
 */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** @param perSecond - requests that one client may send in a second */
export function createLimit(app: FastifyInstance, perSecond: number, replies: Replies): Limit {
  const count = app.createRateLimit({ max: perSecond, timeWindow: 1000 });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return false;
    const headers = { 'Retry-After': String(counted.ttlInSeconds) };
    replies.send(request, reply, 'tooManyRequests', { headers });
    return true;
  };
}
