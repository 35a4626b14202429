import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the emulator, and answers some requests as AWS does to who lacks a permission. */
export class DenyingProxy {
  /** Matches the method, the address and the body of what is denied. */
  denied: RegExp = /^$/;

  private constructor(
    private readonly upstream: URL,
    private readonly server: Server,
  ) {}

  static async start(upstream: string): Promise<DenyingProxy> {
    const server = createServer();
    const proxy = new DenyingProxy(new URL(upstream), server);
    server.on('request', (incoming, answer) => {
      void bytesOf(incoming).then((body) => {
        const { method = '', url = '', headers } = incoming;
        if (proxy.denied.test(`${method} ${url} ${body.toString('latin1')}`)) {
          const isJson = url.startsWith('/20');
          answer.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
          return answer.end(isJson ? '{"Message": "User is not authorized"}' : DENIED);
        }
        const { hostname, port } = proxy.upstream;
        const passing = request({ hostname, port, method, path: url, headers, agent: false });
        passing.on('response', (passed) => {
          answer.writeHead(passed.statusCode ?? 502, passed.headers);
          passed.pipe(answer);
        });
        passing.on('error', () => answer.destroy());
        return passing.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const DENIED =
  '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User is not authorized</Message></Error></ErrorResponse>';

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
