import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The other systems of the recorded deployments: what is called, and who has measured. */
export class Others {
  #refusals = 0;
  readonly #server: Server = createServer((request, response) => {
    if (request.url === '/api/v1/query') {
      const data = { resultType: 'vector', result: [{ metric: {}, value: [0, '0.5'] }] };
      response.end(JSON.stringify({ status: 'success', data }));
    } else {
      response.writeHead(this.#refusals > 0 ? 503 : 200).end();
      this.#refusals = Math.max(0, this.#refusals - 1);
    }
  });

  private constructor(private readonly folder: string) {}

  static async start(): Promise<Others> {
    const others = new Others(await mkdtemp(join(tmpdir(), 'sluice-recording-')));
    await once(others.#server.listen(0, '127.0.0.1'), 'listening');
    await writeFile(others.settingsFile, others.#settings);
    return others;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What the worker is told of them. */
  get settingsFile(): string {
    return join(this.folder, 'settings.yaml');
  }

  refuseNextCall(): void {
    this.#refusals = 1;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await rm(this.folder, { recursive: true });
  }

  get #settings(): string {
    return `callbacks:
  publicUrl: https://sluice.example.com
  keys: [{ id: recorded, secretFrom: { env: SLUICE_CALLBACK_KEY } }]
network: { allow: [127.0.0.0/8] }
secrets: { from: [{ awsSecretsManager: { region: us-east-1 } }] }
metricProviders: { recorded: { type: prometheus, url: "${this.url}" } }
`;
  }
}
