import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../src/local/ports.js';

/** How long what it runs takes, in milliseconds. */
const RUN_MS = 500;

const REPORTS: Readonly<Record<string, string>> = {
  '/integration-tests': '**214** tests passed, none failed',
  '/audit-analysis': 'every call is in the trail',
  '/security-scans': 'no findings in `lambda_function.py`',
};

/** The other systems: one that runs tests, an analysis and scans, and a chat room. */
export class Ci {
  /** What it was asked, in order. */
  readonly asked: string[] = [];
  /** What the chat room was told. */
  readonly told: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  static async start(): Promise<Ci> {
    const ci = new Ci();
    await once(ci.#server.listen(0, LOOPBACK), 'listening');
    return ci;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await bodyOf(request);
    if (path.startsWith('/hooks/')) {
      this.told.push((JSON.parse(body) as { text: string }).text);
      response.end();
      return;
    }
    const { target, callback } = JSON.parse(body) as { target: string; callback: string };
    this.asked.push(`${path} for ${target}`);
    response.writeHead(202).end();
    setTimeout(() => void report(callback, REPORTS[path] ?? ''), RUN_MS);
  }
}

/** The webhook's step waits for this. */
async function report(callback: string, mdMessage: string): Promise<void> {
  await fetch(callback, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ success: true, mdMessage }),
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
