import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { makeNamespace } from '../support/namespace.js';
import { shared } from '../support/shared.js';
import { freeAddress } from '../support/sluiceProcess.js';
import { WorkerProcess } from './workerProcess.js';

let environment: Record<string, string>;
beforeAll(async () => {
  environment = {
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: await makeNamespace(),
  };
});

const started: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of started) worker.signal('SIGKILL');
  await Promise.all(started.splice(0).map(({ exit }) => exit));
});

function start(more: Record<string, string>): WorkerProcess {
  const worker = new WorkerProcess({ ...environment, ...more });
  started.push(worker);
  return worker;
}

describe('a worker', () => {
  it('serves its health and its metrics, and stops when it is asked to', async () => {
    const [health, metrics] = await Promise.all([freeAddress(), freeAddress()]);
    const worker = start({
      SLUICE_HEALTH_ADDRESS: health,
      SLUICE_METRICS_ADDRESS: metrics,
      A_SECRET: 'not to be logged',
    });
    await worker.answers(`http://${health}/readyz`, 200);
    await worker.answers(`http://${health}/healthz`, 200);
    const text = await fetch(`http://${metrics}/metrics`).then((answer) => answer.text());
    expect(text).toMatch(/^temporal_\w+\{.*task_queue="sluice".*\} \d/m);

    worker.signal('SIGTERM');
    expect(await worker.exit).toBe(0);
    expect(worker.stderr).toContain('"message":"Sluice worker started"');
    expect(worker.stderr).toContain('"settings":"none","roles":"every role is allowed"');
    expect(worker.stderr).toContain('"signal":"SIGTERM"');
    expect(worker.stderr).not.toContain('not to be logged');
    expect(worker.stderr).not.toContain('    at ');
  });

  it('goes on trying when Temporal goes away, is unready meanwhile, and takes work again', async () => {
    const first = await startTemporal({ headless: true });
    const health = await freeAddress();
    const worker = start({
      TEMPORAL_ADDRESS: first.address,
      TEMPORAL_NAMESPACE: first.namespace,
      SLUICE_HEALTH_ADDRESS: health,
    });
    await worker.answers(`http://${health}/readyz`, 200);
    await first.kill();
    await worker.answers(`http://${health}/readyz`, 503);
    await worker.answers(`http://${health}/healthz`, 200);
    const again = await startTemporal({ headless: true, port: portOf(first.address) });
    await worker.answers(`http://${health}/readyz`, 200);
    worker.signal('SIGINT');
    expect(await worker.exit).toBe(0);
    await again.stop();
  }, 120_000);
});

describe('a worker that cannot start', () => {
  it('says where Temporal should be and how to start one', async () => {
    const address = await freeAddress();
    const worker = start({ TEMPORAL_ADDRESS: address });
    expect(await worker.exit).toBe(7);
    expect(worker.stderr).toContain(
      `Temporal cannot be reached at ${address}: connection refused. Start one with ` +
        '`sluice dev` or `temporal server start-dev`, or say with TEMPORAL_ADDRESS where it is.\n',
    );
  });

  it('names the namespace that does not exist', async () => {
    const worker = start({ TEMPORAL_NAMESPACE: 'nowhere' });
    expect(await worker.exit).toBe(7);
    expect(worker.stderr).toContain('has no namespace "nowhere". Create it with');
  });

  it('names the settings file that does not exist', async () => {
    const worker = start({ SLUICE_SETTINGS: '/nowhere/settings.yaml' });
    expect(await worker.exit).toBe(2);
    expect(worker.stderr).toContain('The settings file /nowhere/settings.yaml');
  });

  it.each(['SLUICE_HEALTH_ADDRESS', 'SLUICE_METRICS_ADDRESS'])(
    'says that %s is taken',
    async (variable) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as { port: number };
      const worker = start({ [variable]: `127.0.0.1:${port}` });
      expect(await worker.exit).toBe(2);
      expect(worker.stderr).toContain(`${variable}, 127.0.0.1:${port}`);
      expect(worker.stderr).toContain('the address is in use. Stop what listens there, or');
      other.close();
    },
  );
});

function portOf(address: string): number {
  return Number(address.split(':').at(-1));
}
