import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Health, HealthServer } from '../../src/worker/health.js';
import { serveHealth } from '../../src/worker/health.js';
import { WorkerHealth } from '../../src/worker/workerHealth.js';

const ANYWHERE = { host: '127.0.0.1', port: 0 };

let server: HealthServer | undefined;
afterEach(() => {
  server?.close();
});

async function asking(health: Health) {
  server = await serveHealth(ANYWHERE, health);
  const { port } = server.address;
  return (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
}

const well: Health = { live: () => undefined, ready: () => Promise.resolve(undefined) };

describe('the health endpoint', () => {
  it('answers 200 when all is well', async () => {
    const ask = await asking(well);
    for (const path of ['/healthz', '/readyz', '/readyz?verbose']) {
      const answer = await ask(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(await answer.json()).toEqual({ status: 'ok' });
    }
  });

  it('answers 503 with the reason when it is not', async () => {
    const ask = await asking({ live: () => 'It died.', ready: () => Promise.resolve('It waits.') });
    const [live, ready] = await Promise.all([ask('/healthz'), ask('/readyz')]);
    expect([live.status, await live.json()]).toEqual([
      503,
      { status: 'unavailable', reason: 'It died.' },
    ]);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', reason: 'It waits.' },
    ]);
  });

  it('has nothing else', async () => {
    const ask = await asking(well);
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/healthz/x')).status).toBe(404);
    expect((await ask('//')).status).toBe(404);
    const posted = await ask('/healthz', 'POST');
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('says when its address is taken', async () => {
    const other = createServer().listen(ANYWHERE);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = { host: '127.0.0.1', port };
    await expect(serveHealth(taken, well)).rejects.toMatchObject({
      code: 'addressInUse',
      message: expect.stringContaining(`SLUICE_HEALTH_ADDRESS, 127.0.0.1:${port}`),
    });
    other.close();
  });
});

describe('the health of a worker', () => {
  const temporal = { address: 'temporal:7233', namespace: 'n', connection: { address: '' } };

  function running(state: string, answer: () => Promise<unknown>) {
    const health = new WorkerHealth(temporal);
    health.started({
      worker: { getState: () => state as 'RUNNING' },
      connection: { workflowService: { getSystemInfo: answer } as never },
    });
    return health;
  }

  it('is unready until it has started', async () => {
    const health = new WorkerHealth(temporal);
    expect(health.live()).toBeUndefined();
    expect(await health.ready()).toBe('The worker is starting.');
  });

  it('is ready when it runs and Temporal answers, which is asked once for all', async () => {
    let asked = 0;
    const health = running('RUNNING', () => Promise.resolve((asked += 1)));
    expect(await Promise.all([health.ready(), health.ready()])).toEqual([undefined, undefined]);
    expect(await health.ready()).toBeUndefined();
    expect(asked).toBe(1);
  });

  it('is unready while Temporal does not answer, and asks again', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve({})];
    const health = running('RUNNING', () => answers.shift()!);
    expect(await health.ready()).toBe('Temporal does not answer at temporal:7233.');
    expect(health.live()).toBeUndefined();
    expect(await health.ready()).toBeUndefined();
  });

  it('is unready while it stops, and dead when it has failed', async () => {
    const answer = () => Promise.resolve({});
    expect(await running('DRAINING', answer).ready()).toContain('DRAINING');
    const asked = running('DRAINING', answer);
    asked.stopping();
    expect(asked.live()).toBeUndefined();
    expect(running('FAILED', answer).live()).toContain('its state is FAILED');
  });

  it('is dead when it stops although nobody asked it to', () => {
    const health = running('DRAINING', () => Promise.resolve({}));
    expect(health.live()).toContain('nobody asked it to stop: its state is DRAINING');
  });
});
