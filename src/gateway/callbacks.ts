import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createCallbackReader, type ReadToken, type TokenProblem } from '../callbacks/reader.js';
import type { CallbackMessage } from '../domain/callbacks.js';
import { cleanMarkdown } from '../domain/markdown.js';
import { type CallbackBody, readBody } from './body.js';
import type { Limit } from './limit.js';
import { RETRY_AFTER_S } from './limits.js';
import type { GatewayParts } from './parts.js';
import type { Details, Replies } from './replies.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the token in the address is good for, once that is known. */
    callback: ReadToken | undefined;
  }
}

interface CallbackRoute {
  Params: { token: string };
  Body: Buffer | undefined;
}

/** Takes callbacks. The token is looked at before anything of the body is read. */
export function addCallbacks(
  app: FastifyInstance,
  limit: Limit,
  { settings, namespace, deliver }: GatewayParts,
  replies: Replies,
): void {
  const read = createCallbackReader(settings.callbacks.keys);

  const checkToken = async (request: FastifyRequest, reply: FastifyReply) => {
    if (limit(request, reply)) return reply;
    const { token } = request.params as CallbackRoute['Params'];
    const found = await read(token);
    if ('problem' in found) return refuse(request, reply, found.problem);
    request.callback = found;
    if (found.claims.namespace === namespace) return undefined;
    return replies.send(request, reply, 'refused', { outcome: 'otherNamespace' });
  };

  const refuse = (request: FastifyRequest, reply: FastifyReply, problem: TokenProblem) =>
    problem === 'expired'
      ? replies.send(request, reply, 'expired')
      : replies.send(request, reply, 'refused', { outcome: problem });

  const take = async (request: FastifyRequest<CallbackRoute>, reply: FastifyReply) => {
    const { callback } = request;
    if (callback === undefined) throw new Error('the token has not been looked at');
    const body = readBody(request.body);
    if ('problem' in body) {
      return replies.send(request, reply, 'malformed', { message: body.problem });
    }
    try {
      return replies.send(
        request,
        reply,
        await deliver(callback.claims, messageOf(callback, body)),
      );
    } catch (error) {
      return replies.send(request, reply, 'unavailable', later(error));
    }
  };

  app.decorateRequest('callback', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    done(null, body);
  });
  app.post<CallbackRoute>('/callbacks/:token/callback', { onRequest: checkToken }, take);
}

/**
 * Secrets are taken out of what came, of which cleaning keeps only a part, and of what is left: what
 * cleaning removes cannot hide one.
 */
function messageOf({ claims, redact }: ReadToken, body: CallbackBody): CallbackMessage {
  const { success, mdMessage = '' } = body;
  const cleaned = redact(cleanMarkdown(redact(mdMessage)));
  return { gate: claims.gate, success, ...(cleaned !== '' && { mdMessage: cleaned }) };
}

function later(error: unknown): Details {
  return { error, headers: { 'Retry-After': String(RETRY_AFTER_S) } };
}
