import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { KEY } from '../callbacks/support.js';
import { runHere } from '../cli/inProcess.js';
import { shared } from '../support/shared.js';
import { freeAddress, SluiceProcess } from '../support/sluiceProcess.js';
import { callbackPath } from './gatewayInProcess.js';
import { connectToShared, WaitingRun } from './waitingRun.js';

let folder: string;
let client: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  await writeFile(join(folder, 'settings.yaml'), settings);
  client = await connectToShared();
});
const started: SluiceProcess[] = [];
afterAll(async () => {
  for (const gateway of started) gateway.signal('SIGKILL');
  await Promise.all(started.map(({ exit }) => exit));
  await client.connection.close();
  await rm(folder, { recursive: true });
});

const settings = `
callbacks:
  publicUrl: https://sluice.example.com
  keys: [{ id: ${KEY.id}, secretFrom: { env: SLUICE_CALLBACK_KEY } }]
`;

const environmentAt = (address: string, more: Record<string, string>) => ({
  TEMPORAL_ADDRESS: shared.temporalAddress,
  TEMPORAL_NAMESPACE: shared.namespace,
  SLUICE_SETTINGS: join(folder, 'settings.yaml'),
  SLUICE_CALLBACK_KEY: KEY.secret,
  SLUICE_GATEWAY_ADDRESS: address,
  ...more,
});

/** Starts a gateway and gives its address. */
async function start(more: Record<string, string> = {}) {
  const address = await freeAddress();
  const gateway = new SluiceProcess(['gateway'], environmentAt(address, more));
  started.push(gateway);
  return { gateway, url: `http://${address}` };
}

const YES = '{"success": true}';
const headers = { 'Content-Type': 'application/json' };

/** A callback whose body is still under way. */
async function underWay(url: string) {
  const sending = request(url, { method: 'POST', headers });
  sending.write(YES.slice(0, 5));
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  // A second request is answered only after the first one has arrived.
  await fetch(url);
  return {
    finish: async () => {
      sending.end(YES.slice(5));
      const [{ statusCode, headers }] = await answered;
      return { statusCode, connection: headers.connection };
    },
  };
}

describe('a gateway', () => {
  it('starts before Temporal does, is unready meanwhile, and then delivers', async () => {
    const temporalAddress = await freeAddress();
    const { gateway, url } = await start({ TEMPORAL_ADDRESS: temporalAddress });
    await gateway.answers(`${url}/readyz`, 503);
    await gateway.answers(`${url}/healthz`, 200);
    await gateway.says(`cannot deliver callbacks yet","reason":"Temporal cannot be reached at`);
    const port = Number(temporalAddress.split(':').at(-1));
    const temporal = await startTemporal({ headless: true, port, namespace: shared.namespace });
    await gateway.answers(`${url}/readyz`, 200);
    await temporal.kill();
  }, 60_000);

  it('finishes what is under way when it is asked to stop, and takes nothing new', async () => {
    const run = await WaitingRun.start(client);
    const metrics = await freeAddress();
    const { gateway, url } = await start({ SLUICE_METRICS_ADDRESS: metrics });
    await gateway.answers(`${url}/readyz`, 200);
    const path = await callbackPath(run.claims());
    const callback = await underWay(`${url}${path}`);

    gateway.signal('SIGTERM');
    await gateway.says('"message":"Sluice gateway stops","signal":"SIGTERM"');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    const text = await fetch(`http://${metrics}/metrics`).then((answer) => answer.text());
    expect(text).toContain('sluice_gateway_requests_total{outcome="methodNotAllowed"} 1\n');
    expect(await callback.finish()).toEqual({ statusCode: 202, connection: 'close' });
    expect(await gateway.exit).toBe(0);
    expect(await run.callbacks()).toEqual([{ gate: 'prod/before/1', success: true }]);
    expect(gateway.stderr).toContain('"outcome":"accepted"');
    expect(gateway.stderr).not.toContain(path.split('/')[2]);
    expect(gateway.stderr).not.toContain(KEY.secret);
  });

  it('warns when addresses of callbacks can be read on their way', async () => {
    const plain = join(folder, 'plain.yaml');
    await writeFile(plain, settings.replace('https://', 'http://'));
    const { gateway } = await start({ SLUICE_SETTINGS: plain });
    await gateway.says('"level":"WARN","message":"callbacks.publicUrl: whoever has the address');
  });

  it('ends at once when it is asked twice', async () => {
    const run = await WaitingRun.start(client);
    const { gateway, url } = await start();
    await gateway.answers(`${url}/readyz`, 200);
    await underWay(`${url}${await callbackPath(run.claims())}`);
    gateway.signal('SIGINT');
    await gateway.says('"signal":"SIGINT"');
    gateway.signal('SIGINT');
    expect(await gateway.exit).toBe(130);
    expect(await run.callbacks()).toEqual([]);
  });
});

describe('a gateway that cannot start', () => {
  /** In this process: it fails before it would listen. */
  const attempt = async (more: Record<string, string>) =>
    runHere(['gateway'], { environment: environmentAt(await freeAddress(), more) });

  it.concurrent('says that it has no settings', async () => {
    const { exitCode, stderr } = await attempt({ SLUICE_SETTINGS: '' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^A gateway needs the settings `callbacks`, but .*\.\n$/);
  });

  it.concurrent('says that it has no key, and where it should be', async () => {
    const { exitCode, stderr } = await attempt({ SLUICE_CALLBACK_KEY: '' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'the callback key first cannot be read: the variable SLUICE_CALLBACK_KEY is not set.',
    );
  });

  it.concurrent.each(['SLUICE_GATEWAY_ADDRESS', 'SLUICE_METRICS_ADDRESS'])(
    'says that %s is taken',
    async (variable) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const { gateway } = await start({ [variable]: `127.0.0.1:${port}` });
      expect(await gateway.exit).toBe(2);
      expect(gateway.stderr).toBe(
        `Nothing can listen at ${variable}, 127.0.0.1:${port}: the address is in use. ` +
          'Stop what listens there, or choose another port.\n',
      );
      other.close();
    },
  );
});
