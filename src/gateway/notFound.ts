import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limit } from './limit.js';
import { hasNoPath } from './paths.js';
import type { Replies } from './replies.js';

/** The methods of every path that there is. */
const METHODS: readonly (readonly [path: RegExp, methods: string])[] = [
  [/^\/callbacks\/[^/]+\/callback$/, 'POST'],
  [/^\/(?:healthz|readyz)$/, 'GET, HEAD'],
];

/** Answers what no route takes, before anything of its body is read. */
export function addNotFound(app: FastifyInstance, limit: Limit, replies: Replies): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) done();
    else if (!limit(request, reply)) answer(request, reply, replies);
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, replies: Replies): FastifyReply {
  if (hasNoPath(request.raw)) return replies.send(request, reply, 'malformed');
  const allowed = methodsOf(request.url);
  if (allowed === undefined) return replies.send(request, reply, 'notFound');
  return replies.send(request, reply, 'methodNotAllowed', { headers: { Allow: allowed } });
}

function methodsOf(url: string): string | undefined {
  const [path = ''] = url.split('?');
  return METHODS.find(([pattern]) => pattern.test(path))?.[1];
}
