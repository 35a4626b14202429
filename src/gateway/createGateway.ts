import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { CallbackReader, ReadAddress } from '../callbacks/reader.js';
import { cleanMarkdown, MAX_MARKDOWN } from '../domain/markdown.js';
import { ANSWERS, type AnswerName, type GatewayAnswer } from './answers.js';
import { readBody } from './body.js';
import type { Deliver } from './deliver.js';

export interface GatewayParts {
  /** The namespace whose steps it answers. */
  namespace: string;
  /** The path of the public address: a proxy may leave it there or take it away. */
  publicPath: string;
  reader: Pick<CallbackReader, 'read'>;
  deliver: Deliver;
  ready: () => Promise<boolean>;
  /** Of one caller's address. */
  requestsPerSecond: number;
  /** Ranges of addresses whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Called for every request that was answered. */
  answered: (answer: Answered) => void;
}

/** What is known of a request, and may be logged: neither its address nor its body is. */
export interface Answered {
  requestId: string;
  status: string;
  statusCode: number;
  ms: number;
  /** Whose step it was, where the address was good. */
  workflowId?: string;
  gate?: string;
}

/** The largest body, in bytes. */
const MAX_BODY = 64 * 1024;

/** The longest token, in characters: an address with many secrets' fingerprints has some thousand. */
const MAX_TOKEN = 8192;

/** Whoever sends more slowly is cut off: the whole of a request, and between two, in milliseconds. */
const REQUEST_MS = 15_000;
const IDLE_MS = 10_000;

/** More than this at once wait, or are turned away by the system. */
const MAX_CONNECTIONS = 2000;

const CALLBACK_PATH = /^(?:\/[^?]*)?\/callbacks\/[^/?]+\/callback\/?(?:\?|$)/;

declare module 'fastify' {
  interface FastifyRequest {
    address?: ReadAddress;
    answer?: GatewayAnswer;
  }
}

/** The HTTP server for the callbacks of webhooks. It keeps nothing: several can run side by side. */
export async function createGateway(parts: GatewayParts): Promise<FastifyInstance> {
  const { trustedProxies } = parts;
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY,
    routerOptions: { maxParamLength: MAX_TOKEN, ignoreTrailingSlash: true },
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    connectionTimeout: REQUEST_MS + IDLE_MS,
    genReqId: requestIdOf,
    return503OnClosing: true,
    exposeHeadRoutes: false,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.decorateRequest('address');
  app.decorateRequest('answer');
  acceptJsonOnly(app);
  await limitRates(app, parts);
  app.addHook('onResponse', (request, reply) => tell(request, reply, parts));
  answerUnknown(app);
  app.setErrorHandler((error, request, reply) => send(request, reply, answerTo(error)));
  addHealth(app, parts);
  for (const prefix of new Set(['', parts.publicPath])) addCallbacks(app, prefix, parts);
  return app;
}

function addCallbacks(app: FastifyInstance, prefix: string, parts: GatewayParts): void {
  app.post<{ Params: { token: string } }>(
    `${prefix}/callbacks/:token/callback`,
    {
      // Before the body is read: whoever has no good address is not listened to.
      preParsing: async (request, reply) => {
        const read = await parts.reader.read(request.params.token);
        if (typeof read === 'string') return send(request, reply, read);
        if (read.claims.namespace !== parts.namespace) return send(request, reply, 'forged');
        request.address = read;
        return undefined;
      },
    },
    async (request, reply) => send(request, reply, await take(request, parts)),
  );
}

async function take(
  { address, body, params }: FastifyRequest,
  { deliver }: GatewayParts,
): Promise<AnswerName> {
  const answer = readBody(body);
  if (answer === undefined || address === undefined) return 'malformed';
  const { success, mdMessage } = answer;
  const { token } = params as { token: string };
  // More than is kept, so that no secret is cut in two where it is not recognised.
  const read = (mdMessage ?? '').replaceAll(token, '***').slice(0, 4 * MAX_MARKDOWN);
  const said = cleanMarkdown(address.blot(read));
  const message = { success, ...(said !== '' && { mdMessage: said }) };
  const delivery = await deliver(address.claims, message);
  return delivery === 'delivered' ? 'accepted' : 'gone';
}

function addHealth(app: FastifyInstance, parts: GatewayParts): void {
  const unlimited = { config: { rateLimit: false } } as const;
  app.get('/healthz', unlimited, () => ({ status: 'ok' }));
  app.get('/readyz', unlimited, async (_, reply) => {
    const isReady = await parts.ready();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable' });
  });
}

/** What is not JSON is not read. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}

async function limitRates(
  app: FastifyInstance,
  { requestsPerSecond }: GatewayParts,
): Promise<void> {
  // In windows of ten seconds a caller may come in bursts.
  await app.register(rateLimit, {
    global: true,
    max: Math.max(1, Math.round(requestsPerSecond * 10)),
    timeWindow: 10_000,
    hook: 'onRequest',
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false },
  });
}

/** Before the body is read, too. Guessing is limited like everything else. */
function answerUnknown(app: FastifyInstance): void {
  const limit = app.rateLimit();
  app.addHook('onRequest', async function (request, reply) {
    if (!request.is404) return undefined;
    await limit.call(this, request, reply);
    return send(request, reply, CALLBACK_PATH.test(request.url) ? 'wrongMethod' : 'notFound');
  });
}

/** Faults of the request, by the codes and statuses that Fastify gives them. */
function answerTo(error: unknown): AnswerName {
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 429) return 'tooMany';
  if (statusCode === 413) return 'tooLarge';
  if (statusCode === 415) return 'wrongType';
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'malformed';
  return 'unavailable';
}

function send(request: FastifyRequest, reply: FastifyReply, name: AnswerName): FastifyReply {
  const answer: GatewayAnswer = ANSWERS[name];
  request.answer = answer;
  const { statusCode, status, message, headers = {} } = answer;
  return reply
    .code(statusCode)
    .headers({ ...headers, 'Cache-Control': 'no-store', 'X-Request-Id': request.id })
    .send({ status, message });
}

function tell(request: FastifyRequest, reply: FastifyReply, parts: GatewayParts): void {
  // Health is asked for all the time.
  if (request.answer === undefined) return;
  const { statusCode, status } = request.answer;
  const { workflowId, gate } = request.address?.claims ?? {};
  parts.answered({
    requestId: request.id,
    status,
    statusCode,
    ms: Math.round(reply.elapsedTime),
    ...(workflowId !== undefined && { workflowId }),
    ...(gate !== undefined && { gate }),
  });
}

/** The caller's, where it is well formed. */
function requestIdOf({ headers }: { headers: NodeJS.Dict<string | string[]> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}
