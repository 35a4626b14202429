import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { AnswerName } from './answers.js';
import { createClientErrorHandler } from './clientErrors.js';
import { amongProxies, clientOf } from './clients.js';
import * as limits from './limits.js';
import type { GatewayParts } from './parts.js';
import { createPaths } from './paths.js';
import type { Replies } from './replies.js';
import { requestIdOf } from './requestId.js';
import { shareConnections } from '../process/connections.js';

/** An HTTP server without routes: its limits, and what it answers to what it cannot read. */
export function createBareApp(
  { settings, metrics }: Pick<GatewayParts, 'settings' | 'metrics'>,
  replies: Replies,
): FastifyInstance {
  const { trustedProxies, callbacks } = settings;
  const app = fastify({
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    rewriteUrl: createPaths(callbacks.publicUrl),
    bodyLimit: limits.BODY_LIMIT,
    requestTimeout: limits.REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: limits.HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: limits.TIMEOUT_CHECK_MS,
    },
    routerOptions: { maxParamLength: limits.TOKEN_LIMIT },
    // A request that comes on an open connection while the gateway stops is still answered.
    return503OnClosing: false,
    clientErrorHandler: createClientErrorHandler(metrics),
  });
  metrics.openConnections = shareConnections(app.server, limits.CONNECTIONS, {
    clientOf,
    standsForMany: amongProxies(trustedProxies),
    closed: (full) => metrics.connectionClosed(full),
  });
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

function nameOf({ statusCode = 500 }: FastifyError): AnswerName {
  if (statusCode === 413) return 'tooLarge';
  if (statusCode === 415) return 'notJson';
  return statusCode < 500 ? 'malformed' : 'internal';
}
