import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { AnswerName } from './answers.js';
import { createClientErrorHandler } from './clientErrors.js';
import * as limits from './limits.js';
import type { GatewayParts } from './parts.js';
import type { Replies } from './replies.js';
import { requestIdOf } from './requestId.js';

/** An HTTP server without routes: its limits, and what it answers to what it cannot read. */
export function createBareApp(
  { settings, metrics }: Pick<GatewayParts, 'settings' | 'metrics'>,
  replies: Replies,
): FastifyInstance {
  const { trustedProxies, callbacks } = settings;
  const app = fastify({
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    rewriteUrl: ({ url = '' }) => withoutPrefix(url, new URL(callbacks.publicUrl).pathname),
    bodyLimit: limits.BODY_LIMIT,
    requestTimeout: limits.REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: limits.HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: limits.TIMEOUT_CHECK_MS,
    },
    routerOptions: { maxParamLength: limits.TOKEN_LIMIT },
    // A request that comes on an open connection while the gateway stops is still answered.
    return503OnClosing: false,
    // An address that cannot be decoded, for which no hook is called.
    frameworkErrors: (_, request, reply) => {
      metrics.answered('malformed');
      replies.send(request, reply, 'malformed');
    },
    clientErrorHandler: createClientErrorHandler(metrics),
  });
  app.server.maxConnections = limits.MAX_CONNECTIONS;
  // A connection that stayed open would keep a gateway that stops.
  app.addHook('onSend', (_, reply, _payload, done) => {
    if (!app.server.listening) reply.header('Connection', 'close');
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const name = nameOf(error);
    return replies.send(request, reply, name, name === 'internal' ? { error } : {});
  });
  return app;
}

/** A proxy in front may leave the path of the public address away, or leave it in its place. */
function withoutPrefix(url: string, publicPath: string): string {
  const isBelow = publicPath !== '/' && url.startsWith(`${publicPath}/`);
  return isBelow ? url.slice(publicPath.length) : url;
}

function nameOf({ statusCode = 500 }: FastifyError): AnswerName {
  if (statusCode === 413) return 'tooLarge';
  if (statusCode === 415) return 'notJson';
  return statusCode < 500 ? 'malformed' : 'internal';
}
