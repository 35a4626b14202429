import type { FastifyInstance } from 'fastify';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { CallbackAddresses } from '../../src/callbacks/addresses.js';
import { CallbackReader } from '../../src/callbacks/reader.js';
import type { CallbackClaims } from '../../src/domain/callbacks.js';
import {
  createGateway,
  type Answered,
  type GatewayParts,
} from '../../src/gateway/createGateway.js';
import { createDelivery } from '../../src/gateway/deliver.js';

export const KEYS = [{ id: 'test', secret: 'k'.repeat(40) }];

/** A gateway in this process, and the addresses that it takes. */
export class GatewayBench {
  readonly answered: Answered[] = [];

  private constructor(
    readonly app: FastifyInstance,
    readonly url: string,
    private readonly addresses: CallbackAddresses,
  ) {}

  static async start(client: Client, parts: Partial<GatewayParts> = {}): Promise<GatewayBench> {
    const answered: Answered[] = [];
    const app = await createGateway({
      namespace: client.options.namespace,
      publicPath: '/sluice',
      reader: new CallbackReader(KEYS),
      deliver: createDelivery(client),
      ready: () => Promise.resolve(true),
      requestsPerSecond: 1000,
      trustedProxies: [],
      answered: (answer) => answered.push(answer),
      ...parts,
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const addresses = new CallbackAddresses({ publicUrl: url, keys: KEYS });
    return Object.assign(new GatewayBench(app, url, addresses), { answered });
  }

  /** The address for one gate of a target, with what it ends with. */
  async addressOf(
    target: WorkflowHandle,
    claims: Partial<CallbackClaims> & Pick<CallbackClaims, 'gate' | 'namespace'>,
    secrets: readonly string[] = [],
  ): Promise<string> {
    const { runId } = await target.describe();
    const uri = await this.addresses.issue(
      { workflowId: target.workflowId, runId, expiresAt: '2035-01-01T00:00:00Z', ...claims },
      secrets,
    );
    return `${uri}/callback`;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

/** Sends a callback as a well-behaved system does. */
export async function post(
  url: string,
  body: unknown,
  options: RequestInit = {},
): Promise<{ status: number; json: Record<string, unknown>; headers: Headers }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...options,
  });
  return {
    status: answer.status,
    json: (await answer.json()) as Record<string, unknown>,
    headers: answer.headers,
  };
}
