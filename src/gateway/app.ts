import type { FastifyInstance } from 'fastify';
import { createBareApp } from './bareApp.js';
import { addCallbacks } from './callbacks.js';
import { addHealth } from './health.js';
import { createLimit } from './limit.js';
import { addNotFound } from './notFound.js';
import type { GatewayParts } from './parts.js';
import { Replies } from './replies.js';

/** Makes a gateway, which does not listen yet. */
export function createApp(parts: GatewayParts): FastifyInstance {
  const replies = new Replies(parts.metrics, parts.log);
  const app = createBareApp(parts, replies);
  replies.watch(app);
  const limit = createLimit(parts.settings.requestsPerSecond, replies);
  addCallbacks(app, limit, parts, replies);
  addHealth(app, parts);
  addNotFound(app, limit, replies);
  return app;
}
