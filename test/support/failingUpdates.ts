import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before the emulator, and lets updates of functions fail after they were accepted, as AWS
 * does: GetFunction then says so until the next update.
 */
export class FailingUpdates {
  /** The reason code of the next failure; none fails without one. */
  reason: string | undefined;
  #failed: string | undefined;

  private constructor(
    private readonly upstream: URL,
    private readonly server: Server,
  ) {}

  static async start(upstream: string): Promise<FailingUpdates> {
    const server = createServer();
    const failing = new FailingUpdates(new URL(upstream), server);
    server.on('request', (incoming, answer) => {
      failing
        .#pass(incoming)
        .then(({ status, headers, body }) => answer.writeHead(status, headers).end(body))
        .catch(() => answer.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return failing;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #pass(incoming: IncomingMessage) {
    const { method = '', url = '', headers } = incoming;
    if (method === 'PUT') {
      this.#failed = this.reason;
      this.reason = undefined;
    }
    const { hostname, port } = this.upstream;
    const passing = request({ hostname, port, method, path: url, headers, agent: false });
    passing.end(await bytesOf(incoming));
    const passed = await new Promise<IncomingMessage>((resolve, reject) => {
      passing.on('response', resolve);
      passing.on('error', reject);
    });
    const { 'content-length': _, ...others } = passed.headers;
    const body = (await bytesOf(passed)).toString();
    return { status: passed.statusCode ?? 502, headers: others, body: this.#told(method, body) };
  }

  /** Only GetFunction answers with a Configuration. */
  #told(method: string, body: string): string {
    if (this.#failed === undefined || method !== 'GET' || !body.includes('"Configuration"')) {
      return body;
    }
    const told = JSON.parse(body) as { Configuration: Record<string, unknown> };
    if (told.Configuration['LastUpdateStatus'] === 'InProgress') return body;
    Object.assign(told.Configuration, {
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: 'It went wrong.',
      LastUpdateStatusReasonCode: this.#failed,
    });
    return JSON.stringify(told);
  }
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
