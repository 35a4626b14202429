import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from './clients.js';
import type { Replies } from './replies.js';

/**
 * Answers requests of those who have sent too many.
 *
 * @returns whether it was answered
 */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => boolean;

/** For how long requests are counted together, in milliseconds. */
const WINDOW_MS = 1000;

/**
 * Makes a limit that counts at once, so that of requests that come together those are answered that
 * are within it. (The plugin for this lets every one of them see the number of all.)
 *
 * @param perSecond - requests that one client may send in a second
 */
export function createLimit(perSecond: number, replies: Replies): Limit {
  const counts = new Map<string, number>();
  let endsAt = 0;
  return (request, reply) => {
    const now = performance.now();
    if (now >= endsAt) {
      counts.clear();
      endsAt = now + WINDOW_MS;
    }
    const client = clientOf(request.ip);
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    if (count <= perSecond) return false;
    const headers = { 'Retry-After': String(Math.ceil((endsAt - now) / 1000)) };
    replies.send(request, reply, 'tooManyRequests', { headers });
    return true;
  };
}
