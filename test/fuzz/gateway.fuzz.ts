import { connect } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { KEY } from '../callbacks/support.js';
import { callbackPath } from '../gateway/gatewayInProcess.js';
import { type HostileRequest, hostileRequests } from '../gateway/hostileRequests.js';
import { WaitingRun } from '../gateway/waitingRun.js';
import { freeAddress, SluiceProcess } from '../support/sluiceProcess.js';
import { until } from '../support/until.js';

const REQUESTS = 10_000;
const AT_ONCE = 16;

/** After so many requests everything has been loaded and compiled. */
const WARM_UP = 3000;

/** What may be kept of each request afterwards, in bytes: nothing. Measuring is not exact. */
const MOST_KEPT = 250;

let temporal: Awaited<ReturnType<typeof startTemporal>>;
let client: Client;
let folder: string;
let gateway: SluiceProcess;
let address: string;
beforeAll(async () => {
  temporal = await startTemporal({ headless: true });
  const { namespace } = temporal;
  client = new Client({
    connection: await Connection.connect({ address: temporal.address }),
    namespace,
  });
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  await writeFile(join(folder, 'settings.yaml'), settings);
  address = await freeAddress();
  gateway = new SluiceProcess(['gateway'], {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: namespace,
    SLUICE_SETTINGS: join(folder, 'settings.yaml'),
    SLUICE_CALLBACK_KEY: KEY.secret,
    SLUICE_GATEWAY_ADDRESS: address,
    NODE_OPTIONS: `--import ${new URL('keptMemory.mjs', import.meta.url).href}`,
  });
  await gateway.answers(`http://${address}/readyz`, 200);
}, 120_000);
afterAll(async () => {
  gateway.signal('SIGKILL');
  await client.connection.close();
  await temporal.stop();
  await rm(folder, { recursive: true });
});

const settings = `
callbacks:
  publicUrl: https://sluice.example.com
  keys: [{ id: ${KEY.id}, secretFrom: { env: SLUICE_CALLBACK_KEY } }]
gateway: { requestsPerSecond: 1000000 }
`;

/** The status of every answer, until the gateway closes the connection. */
async function statusesFor({ bytes, end }: HostileRequest): Promise<number[]> {
  const [host, port] = address.split(':');
  const socket = connect({ host: host!, port: Number(port), allowHalfOpen: true });
  // What is refused early is answered before all of it has been written.
  socket.on('error', () => undefined);
  if (end === 'said') socket.end(bytes);
  else socket.write(bytes, () => end === 'hungUp' && socket.destroy());
  const answer = await text(socket).catch(() => '');
  // Left open, so many would take the place of one that is still to be answered.
  socket.destroy();
  return [...answer.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => Number(status));
}

async function sendAll(requests: readonly HostileRequest[]): Promise<void> {
  const left = requests.entries();
  const sendNext = async () => {
    for (const [, hostile] of left) {
      const statuses = await statusesFor(hostile);
      const isGood = statuses.every((status) => status >= 400 && status < 500);
      const isAnswered = statuses.length > 0 || hostile.end !== undefined;
      const sent = JSON.stringify(hostile.bytes.toString().slice(0, 2000));
      expect({ sent, statuses, isGood: isGood && isAnswered }).toEqual({
        sent,
        statuses,
        isGood: true,
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
}

/** What the gateway holds when its garbage is collected. */
async function keptBytes(): Promise<number> {
  const told = () => [...gateway.stderr.matchAll(/^kept bytes: (\d+)$/gm)];
  const before = told().length;
  gateway.signal('SIGUSR2');
  const [, bytes] = await until('it said what it keeps', () => told()[before]);
  return Number(bytes);
}

describe('a gateway among requests of any kind', () => {
  it(`refuses ${REQUESTS} of them, keeps its memory, and still takes a callback`, async () => {
    const run = await WaitingRun.start(client);
    const path = await callbackPath(run.claims());
    const [, , good = ''] = path.split('/');
    const requests = fc.sample(hostileRequests(good), { numRuns: REQUESTS, seed: 1 });

    await sendAll(requests.slice(0, WARM_UP));
    const before = await keptBytes();
    await sendAll(requests.slice(WARM_UP));
    const kept = ((await keptBytes()) - before) / (REQUESTS - WARM_UP);
    expect(kept).toBeLessThan(MOST_KEPT);
    expect(await run.callbacks()).toEqual([]);
    expect(gateway.stderr).not.toContain('"level":"ERROR"');
    expect(gateway.stderr).not.toContain(good);

    const body = '{"success": true}';
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`http://${address}${path}`, { method: 'POST', body, headers });
    expect(answer.status).toBe(202);
    expect(await run.callbacks()).toEqual([{ gate: 'prod/before/1', success: true }]);
  });
});
