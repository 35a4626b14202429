import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLBACK_SIGNAL } from '../../src/domain/callbacks.js';
import type { Step } from '../../src/domain/plan.js';
import { aliasOf, during, type Parts } from '../support/canary.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { WorkflowServer } from '../support/workflowServer.js';
import { GatewayBench, post } from './gatewayBench.js';

let temporal: WorkflowServer;
let gateway: GatewayBench;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
  gateway = await GatewayBench.start(temporal.env.client);
});
afterAll(async () => {
  await gateway.stop();
  await temporal.stop();
});

const GATE = 'prod/steps/2';
const steps: Step[] = [
  { type: 'setWeight', weight: 25 },
  { type: 'runWebhook', webhook: 'asks', context: {} },
];

const addressOf = (target: WorkflowHandle, claims: object = {}, secrets: string[] = []) =>
  gateway.addressOf(
    target,
    { gate: GATE, namespace: temporal.env.client.options.namespace, ...claims },
    secrets,
  );

async function signalsTo(target: WorkflowHandle): Promise<number> {
  const { events } = await target.fetchHistory();
  return (events ?? []).filter(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName === CALLBACK_SIGNAL,
  ).length;
}

/** A canary that waits for its callback. */
const waiting = (
  act: (target: WorkflowHandle, address: string, parts: Parts) => Promise<unknown>,
) =>
  during(temporal, steps, async (parts) => {
    const target = parts.target();
    await untilOpen(target, GATE);
    await act(target, await addressOf(target), parts);
  });

describe('a callback', () => {
  it('that says yes lets the deployment go on', async () => {
    const { outcome, lambda } = await waiting(async (_, address) => {
      const { status, json, headers } = await post(address, { success: true, mdMessage: '**ok**' });
      expect([status, json.status]).toEqual([202, 'accepted']);
      expect(headers.get('cache-control')).toBe('no-store');
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [{ decision: 'succeeded', gate: GATE, comment: '**ok**' }],
    });
    expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
  });

  it('that says no rolls it back', async () => {
    const { outcome, lambda } = await waiting((_, address) => post(address, { success: false }));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'webhookFailed' } });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
  });

  it('that is sent many times is one signal, the first, and answered alike', async () => {
    const { outcome } = await waiting(async (target, address, { deployment }) => {
      const first = await post(address, { success: true });
      const others = await Promise.all(
        Array.from({ length: 20 }, () => post(address, { success: false })),
      );
      expect(others.map(({ json }) => json)).toEqual(others.map(() => first.json));
      await outcomeOf(deployment);
      expect(await post(address, { success: false })).toMatchObject({ status: 202 });
      expect(await signalsTo(target)).toBe(1);
    });
    expect(outcome.status).toBe('deployed');
  });

  it('for a step that has ended otherwise finds nothing that waits', async () => {
    await waiting(async (target, address, { deployment }) => {
      await target.signal('rollback');
      await outcomeOf(deployment);
      expect(await post(address, { success: true })).toMatchObject({
        status: 410,
        json: { status: 'gone' },
      });
      expect(await signalsTo(target)).toBe(0);
    });
  });

  it('loses the secrets of the call, and its own address', async () => {
    const { outcome } = await waiting(async (target) => {
      const address = await addressOf(target, {}, ['hunter2-hunter2']);
      const mdMessage = `Called with hunter2-hunter2 and ${address}`;
      await post(address, { success: true, mdMessage });
    });
    const { comment = '' } = outcome.decisions[0] ?? {};
    expect(comment).toContain('Called with *** and ');
    expect(comment).not.toMatch(/hunter2|eyJ/);
  });

  it('may come below the path of the public address as well', async () => {
    const { outcome } = await waiting((_, address) =>
      post(address.replace('/callbacks/', '/sluice/callbacks/'), { success: true }),
    );
    expect(outcome.status).toBe('deployed');
  });
});

describe('what is no good callback', () => {
  it('gets the right status, and changes nothing', async () => {
    const { outcome } = await waiting(async (target, address) => {
      const good = { success: true };
      const expired = await addressOf(target, { expiresAt: '2020-01-01T00:00:00Z' });
      const elsewhere = await addressOf(target, { namespace: 'another' });
      const text = { headers: { 'Content-Type': 'text/plain' } };
      const answers = {
        forged: await post(
          address.replace(/\.[\w-]{10}(?=[\w-]+\/callback$)/, '.AAAAAAAAAA'),
          good,
        ),
        expired: await post(expired, good),
        elsewhere: await post(elsewhere, good),
        method: await post(address, undefined, { method: 'PUT' }),
        path: await post(`${gateway.url}/callbacks`, good),
        type: await post(address, 'success', text),
        broken: await post(address, '{"success": tr'),
        list: await post(address, [true]),
        without: await post(address, {}),
        wrong: await post(address, { success: 'true' }),
        message: await post(address, { success: true, mdMessage: 5 }),
        prototype: await post(address, '{"__proto__": {"success": true}}'),
        large: await post(address, { success: true, mdMessage: 'x'.repeat(70_000) }),
        // Nobody listens to what comes with a forged address.
        forgedAndLarge: await post(`${gateway.url}/callbacks/a.b.c/callback`, 'x'.repeat(70_000)),
      };
      expect(Object.entries(answers).map(([name, { status }]) => [name, status])).toEqual([
        ['forged', 403],
        ['expired', 410],
        ['elsewhere', 403],
        ['method', 405],
        ['path', 404],
        ['type', 415],
        ['broken', 400],
        ['list', 400],
        ['without', 400],
        ['wrong', 400],
        ['message', 400],
        ['prototype', 400],
        ['large', 413],
        ['forgedAndLarge', 403],
      ]);
      expect(answers.method.headers.get('allow')).toBe('POST');
      expect(await signalsTo(target)).toBe(0);
      await target.signal('webhookCallback', { success: true });
    });
    expect(outcome.status).toBe('deployed');
  });

  it('is told apart by its id, and its address is in no log', () => {
    expect(gateway.answered.length).toBeGreaterThan(0);
    expect(JSON.stringify(gateway.answered)).not.toContain('eyJ');
    for (const { requestId } of gateway.answered) expect(requestId).toMatch(/^[\w-]{36}$/);
  });
});

describe('a gateway', () => {
  const started: GatewayBench[] = [];
  afterAll(() => Promise.all(started.map((one) => one.stop())));
  const start = async (parts: Parameters<typeof GatewayBench.start>[1]): Promise<GatewayBench> => {
    const bench = await GatewayBench.start(temporal.env.client, parts);
    started.push(bench);
    return bench;
  };

  it('takes no more from one address than its rate', async () => {
    const { url } = await start({ requestsPerSecond: 0.5 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      for (const path of ['/callbacks/x/callback', '/nothing']) {
        const { status, headers } = await post(`${url}${path}`, {});
        statuses.push(status);
        if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    expect(statuses.slice(0, 2)).toEqual([403, 404]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('believes who the caller is only from a proxy that it trusts', async () => {
    const ask = async (url: string, caller: string): Promise<number> => {
      const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': caller };
      return (await post(`${url}/callbacks/x/callback`, {}, { headers })).status;
    };
    const trusting = await start({ requestsPerSecond: 0.1, trustedProxies: ['127.0.0.0/8'] });
    expect(await ask(trusting.url, '203.0.113.1')).toBe(403);
    expect(await ask(trusting.url, '203.0.113.2')).toBe(403);
    expect(await ask(trusting.url, '203.0.113.1')).toBe(429);
    const doubting = await start({ requestsPerSecond: 0.1 });
    expect(await ask(doubting.url, '203.0.113.1')).toBe(403);
    expect(await ask(doubting.url, '203.0.113.2')).toBe(429);
  });

  it('says that it cannot deliver while Temporal does not answer', async () => {
    const deliver = () => Promise.reject(new Error('14 UNAVAILABLE: secret details'));
    const bench = await start({ deliver });
    const handle = temporal.env.client.workflow.getHandle('w', 'r');
    handle.describe = () => Promise.resolve({ runId: 'r' } as never);
    const namespace = temporal.env.client.options.namespace;
    const address = await bench.addressOf(handle, { gate: GATE, namespace });
    const { status, json, headers } = await post(address, { success: true });
    expect([status, json.status, headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
    expect(JSON.stringify(json)).not.toContain('secret details');
  });

  it('keeps the id of a request that brings one along', async () => {
    const given = { 'Content-Type': 'application/json', 'X-Request-Id': 'build-42' };
    const { headers } = await post(`${gateway.url}/callbacks/x/callback`, {}, { headers: given });
    expect(headers.get('x-request-id')).toBe('build-42');
    const odd = { 'Content-Type': 'application/json', 'X-Request-Id': 'a b"c' };
    const other = await post(`${gateway.url}/callbacks/x/callback`, {}, { headers: odd });
    expect(other.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  it('is not ready while it cannot deliver', async () => {
    const { url } = await start({ ready: () => Promise.resolve(false) });
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  });
});
