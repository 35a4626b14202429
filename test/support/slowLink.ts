import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A link to AWS over which a worker sends only so many bytes a second. */
export class SlowLink {
  /** From the worker to AWS. The other way is as fast as it can be. */
  bytesPerSecond = Infinity;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly upstream: URL,
    private readonly server: Server,
  ) {}

  static async start(upstream: string): Promise<SlowLink> {
    const server = createServer();
    const link = new SlowLink(new URL(upstream), server);
    server.on('connection', (socket) => link.#relay(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #relay(worker: Socket): void {
    const aws = connect(Number(this.upstream.port), this.upstream.hostname);
    for (const socket of [worker, aws]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        worker.destroy();
        aws.destroy();
      });
    }
    aws.pipe(worker);
    worker.on('data', (bytes) => {
      aws.write(bytes);
      if (this.bytesPerSecond === Infinity) return;
      worker.pause();
      setTimeout(() => worker.resume(), (bytes.length / this.bytesPerSecond) * 1000);
    });
    worker.on('end', () => aws.end());
  }
}
