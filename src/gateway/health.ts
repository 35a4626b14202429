import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GatewayParts } from './parts.js';
import { commonHeaders } from './replies.js';

/** Whoever can send callbacks can ask for the health: it tells nothing but whether all is well. */
export function addHealth(app: FastifyInstance, { isReady }: Pick<GatewayParts, 'isReady'>): void {
  const send = (id: string, reply: FastifyReply, isWell: boolean) =>
    reply
      .code(isWell ? 200 : 503)
      .headers(commonHeaders(id))
      .send(isWell ? OK : AWAY);
  app.get('/healthz', ({ id }, reply) => send(id, reply, true));
  app.get('/readyz', async ({ id }, reply) => send(id, reply, await isReady()));
}

const OK = { status: 'ok' };
const AWAY = { status: 'unavailable', message: 'Callbacks cannot be delivered at the moment.' };
