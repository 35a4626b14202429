import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Packument {
  versions: Record<string, object>;
  _attachments: Record<string, { data: string }>;
}

/**
 * As much of a registry as npm needs to publish one package and to install it again. It tells npm of
 * the shrinkwrap, as npm's own registry does.
 */
export class Registry {
  readonly asked: string[] = [];
  #packument: Packument | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(
        (body) => response.writeHead(body === undefined ? 404 : 200).end(body),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<string | Buffer | undefined> {
    const { method, url = '' } = request;
    this.asked.push(`${method} ${decodeURIComponent(url)}`);
    if (method === 'PUT') {
      const parts = (await request.toArray()) as Buffer[];
      this.#packument = JSON.parse(Buffer.concat(parts).toString()) as Packument;
      return '{}';
    }
    if (this.#packument === undefined) return undefined;
    const { _attachments: attachments, versions, ...packument } = this.#packument;
    const [file] = Object.values(attachments);
    if (url.endsWith('.tgz')) return file && Buffer.from(file.data, 'base64');
    const told = Object.entries(versions).map(([version, one]) => [
      version,
      { ...one, _hasShrinkwrap: true },
    ]);
    return JSON.stringify({ ...packument, versions: Object.fromEntries(told) as object });
  }
}
