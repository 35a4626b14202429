import { ANSWERS } from '../../src/gateway/answers.js';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { createCallbackAddresses } from '../../src/callbacks/addresses.js';
import type { CallbackClaims, CallbackMessage } from '../../src/domain/callbacks.js';
import { createApp } from '../../src/gateway/app.js';
import { GatewayMetrics } from '../../src/gateway/metrics.js';
import type { GatewayParts } from '../../src/gateway/parts.js';
import { createLog } from '../../src/process/log.js';
import { KEY, someClaims } from '../callbacks/support.js';

export interface Delivered {
  claims: CallbackClaims;
  message: CallbackMessage;
}

interface Changes extends Partial<Pick<GatewayParts, 'deliver' | 'isReady' | 'namespace'>> {
  settings?: Partial<GatewayParts['settings']>;
  publicPath?: string;
}

/** A gateway that listens, in this very process. Unless a test says otherwise it delivers nowhere. */
export class GatewayInProcess {
  readonly delivered: Delivered[] = [];
  readonly metrics = new GatewayMetrics();
  readonly #lines: string[] = [];
  #app: FastifyInstance | undefined;
  port = 0;

  static async start({ settings, publicPath = '', ...changes }: Changes = {}) {
    const gateway = new GatewayInProcess();
    const app = createApp({
      settings: {
        callbacks: { publicUrl: `https://sluice.example.com${publicPath}`, keys: [KEY] },
        requestsPerSecond: 10_000,
        trustedProxies: [],
        ...settings,
      },
      namespace: 'default',
      deliver: (claims, message) => {
        gateway.delivered.push({ claims, message });
        return Promise.resolve('accepted');
      },
      isReady: () => Promise.resolve(true),
      metrics: gateway.metrics,
      log: createLog((line) => gateway.#lines.push(line)),
      ...changes,
    });
    gateway.#app = app;
    await app.listen({ host: '127.0.0.1', port: 0 });
    gateway.port = (app.server.address() as AddressInfo).port;
    return gateway;
  }

  get log(): Record<string, unknown>[] {
    return this.#lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** How many are open. */
  connections(): Promise<number> {
    return promisify(this.#app!.server.getConnections.bind(this.#app!.server))();
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Sends a callback, with the JSON of a body unless it is a text. */
  async post(
    path: string,
    body: unknown = { success: true },
    headers: Record<string, string> = { 'Content-Type': 'application/json' },
  ): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(this.url(path), { method: 'POST', body: text, headers });
  }

  async stop(): Promise<void> {
    this.#app?.server.closeAllConnections();
    await this.#app?.close();
  }
}

/** The path that a callback is sent to. */
export async function callbackPath(
  claims: Parameters<typeof someClaims>[0] = {},
  secrets: readonly string[] = [],
  key = KEY,
): Promise<string> {
  const addresses = createCallbackAddresses({ publicUrl: '', keys: [key] });
  return `${await addresses.issue(someClaims(claims), secrets)}/callback`;
}

/** What an answer says, with its status. */
export async function said(answer: Response): Promise<[status: number, body: unknown]> {
  return [answer.status, await answer.json()];
}

/** What an answer says, beside its status. */
export function messageOf(name: keyof typeof ANSWERS): { message: string | undefined } {
  return { message: ANSWERS[name].message };
}
