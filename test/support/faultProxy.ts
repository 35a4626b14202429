import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { lambdaOperation } from './lambdaOperation.js';

/**
 * What happens to a request on the wire.
 *
 * - `throttled`: the API never sees it; the answer is 429.
 * - `reset`: the API never sees it; the connection breaks.
 * - `answer lost`: the API carries it out; the connection breaks before the answer.
 * - `slow`: the answer takes two seconds.
 * - `late`: the sender gives it up, and then it reaches the API.
 */
export const FAULTS = ['throttled', 'reset', 'answer lost', 'slow', 'late'] as const;
export type Fault = (typeof FAULTS)[number];

/** An answer with which AWS refuses: the API never sees the request. */
export interface Refusal {
  status: number;
  exception: string;
  message: string;
}

const SLOW_MS = 2000;
/** Beyond what the product waits for an answer. */
const LATE_MS = 11_000;
const KEEP_ALIVE_MS = 15 * 60_000;

interface Rule {
  fault: Fault | Refusal;
  operation: string;
  /** Names of functions that it is for begin with this. */
  stem: string;
  times: number;
}

/** Stands between a worker and the emulator of AWS, and does what networks do. */
export class FaultProxy {
  readonly #rules: Rule[] = [];
  /** How often each rule has struck, by its function's stem. */
  readonly struck = new Map<string, number>();

  private constructor(
    private readonly upstream: URL,
    private readonly server: Server,
  ) {}

  static async start(upstream: string): Promise<FaultProxy> {
    // A process that was paused for long finds its connection as it left it.
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
    const proxy = new FaultProxy(new URL(upstream), server);
    server.on('request', (incoming, answer) => {
      proxy.#handle(incoming, answer).catch(() => answer.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lets the fault happen to the next such requests for functions whose names begin so. */
  strike(fault: Fault | Refusal, operation: string, stem: string, times = 1): void {
    this.#rules.push({ fault, operation, stem, times });
  }

  /** From now on everything of these functions goes through. */
  relent(stem: string): void {
    for (const rule of this.#rules) if (rule.stem === stem) rule.times = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const fault = this.#faultFor(incoming, body);
    if (typeof fault === 'object') return refuse(answer, fault);
    switch (fault) {
      case 'throttled':
        return throttle(answer);
      case 'reset':
        return void answer.destroy();
      case 'late':
        await delay(LATE_MS);
        break;
      case 'slow':
        await delay(SLOW_MS);
        break;
      default:
    }
    const passed = await this.#pass(incoming, body);
    if (fault === 'answer lost') return void answer.destroy();
    answer.writeHead(passed.statusCode ?? 502, passed.headers);
    passed.pipe(answer);
  }

  #faultFor(incoming: IncomingMessage, body: Buffer): Fault | Refusal | undefined {
    const { operation, functionName } = lambdaOperation(incoming.method, incoming.url, body);
    const rule = this.#rules.find(
      (one) =>
        one.times > 0 && one.operation === operation && functionName?.startsWith(one.stem) === true,
    );
    if (rule === undefined) return undefined;
    rule.times -= 1;
    this.struck.set(rule.stem, (this.struck.get(rule.stem) ?? 0) + 1);
    return rule.fault;
  }

  #pass({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { hostname, port } = this.upstream;
    return new Promise((resolve, reject) => {
      const passing = request(
        { hostname, port, method, path: url, headers, agent: false },
        resolve,
      );
      passing.on('error', reject);
      passing.end(body);
    });
  }
}

function throttle(answer: ServerResponse): void {
  refuse(answer, { status: 429, exception: 'TooManyRequestsException', message: 'Rate exceeded' });
}

function refuse(answer: ServerResponse, { status, exception, message }: Refusal): void {
  answer.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': exception,
    'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
  });
  answer.end(JSON.stringify({ Type: 'User', message }));
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
