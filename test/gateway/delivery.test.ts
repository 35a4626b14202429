import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lazyClient } from '../../src/client/connection.js';
import type { Link } from '../../src/client/link.js';
import { createDelivery, type Deliver } from '../../src/gateway/delivery.js';
import { findNamespace } from '../../src/gateway/namespace.js';
import { readTemporalSettings } from '../../src/settings/temporal.js';
import { someClaims } from '../callbacks/support.js';
import { shared } from '../support/shared.js';
import { freeAddress } from '../support/sluiceProcess.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { connectToShared, WaitingRun } from './waitingRun.js';

const links: Link[] = [];

/** As a gateway has it. */
function linkTo(address: string, namespace: string): Link {
  const settings = readTemporalSettings(NO_TEMPORAL_CONFIG, { address, namespace });
  const link = { client: lazyClient(settings), settings };
  links.push(link);
  return link;
}

let client: Client;
let deliver: Deliver;
beforeAll(async () => {
  client = await connectToShared();
  deliver = createDelivery(linkTo(shared.temporalAddress, shared.namespace));
});
afterAll(async () => {
  await client.connection.close();
  await Promise.all(links.map((one) => one.client.connection.close()));
});

const YES = { gate: 'prod/before/1', success: true };
const NO = { gate: 'prod/before/1', success: false, mdMessage: 'No.' };

function deliverTo(run: WaitingRun, message = YES) {
  return deliver({ ...run.claims(message.gate), secrets: [] }, message);
}

describe('a callback that is delivered', () => {
  it('is kept by Temporal, without any worker', async () => {
    const run = await WaitingRun.start(client);
    expect(await deliverTo(run, NO)).toBe('accepted');
    expect(await run.callbacks()).toEqual([NO]);
  });

  it('counts once, the first one, however many are sent', async () => {
    const run = await WaitingRun.start(client);
    await deliverTo(run, YES);
    const repeated = await Promise.all(Array.from({ length: 20 }, () => deliverTo(run, NO)));
    expect(new Set(repeated)).toEqual(new Set(['accepted']));
    expect(await run.callbacks()).toEqual([YES]);
  });

  it('counts once for every step', async () => {
    const run = await WaitingRun.start(client);
    await deliverTo(run, YES);
    await deliverTo(run, { ...YES, gate: 'prod/before/2' });
    expect((await run.callbacks()).map(({ gate }) => gate)).toEqual([
      'prod/before/1',
      'prod/before/2',
    ]);
  });

  it('counts once for several gateways', async () => {
    const run = await WaitingRun.start(client);
    const other = createDelivery(linkTo(shared.temporalAddress, shared.namespace));
    await Promise.all([deliverTo(run), other({ ...run.claims(YES.gate), secrets: [] }, YES)]);
    expect(await run.callbacks()).toEqual([YES]);
  });
});

describe('a callback to a run that has ended', () => {
  it.each(['succeeded', 'failed'] as const)(
    'is accepted again when one like it counted: %s',
    async (decision) => {
      const run = await WaitingRun.start(client);
      await run.end({ gate: YES.gate, decision });
      expect(await deliverTo(run)).toBe('accepted');
      expect(await run.callbacks()).toEqual([]);
    },
  );

  it('is accepted again when it was accepted before the run ended without an outcome', async () => {
    const run = await WaitingRun.start(client);
    await deliverTo(run);
    await run.handle.terminate();
    expect(await deliverTo(run)).toBe('accepted');
    expect(await run.callbacks()).toEqual([YES]);
  });

  it('comes too late when none did', async () => {
    const run = await WaitingRun.start(client);
    await run.end(
      { gate: YES.gate, decision: 'expired' },
      { gate: 'prod/before/2', decision: 'succeeded' },
    );
    expect(await deliverTo(run)).toBe('ended');
  });

  it('comes too late when the run has no outcome', async () => {
    const run = await WaitingRun.start(client);
    await run.handle.terminate();
    expect(await deliverTo(run)).toBe('ended');
  });

  it('never reaches a later run of the same target', async () => {
    const run = await WaitingRun.start(client);
    await run.handle.terminate();
    const { workflowId } = run.handle;
    const later = await client.workflow.start('any', { workflowId, taskQueue: workflowId });
    expect(await deliverTo(run)).toBe('ended');
    expect((await later.fetchHistory()).events).toHaveLength(2);
    await later.terminate();
  });

  it('comes too late when Temporal does not remember the run', async () => {
    const run = await WaitingRun.start(client);
    const runId = '01912345-0000-7000-8000-000000000000';
    expect(await deliver({ ...run.claims(), runId, secrets: [] }, YES)).toBe('ended');
  });
});

describe('a callback that Temporal does not take may be sent again', () => {
  const claims = { ...someClaims({ namespace: 'nowhere' }), secrets: [] };

  it.concurrent('when nothing listens', async () => {
    const delivering = createDelivery(linkTo(await freeAddress(), 'nowhere'))(claims, YES);
    await expect(delivering).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.concurrent('when nothing answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const connection = once(silent, 'connection') as Promise<[Socket]>;
    const { port } = silent.address() as AddressInfo;
    const delivering = createDelivery(linkTo(`127.0.0.1:${port}`, 'nowhere'))(claims, YES);
    await expect(delivering).rejects.toMatchObject({ code: 'unreachable' });
    // Of a session that never began, gRPC leaves the connection open.
    (await connection)[0].destroy();
    silent.close();
  });

  it.concurrent('when the namespace is missing, perhaps for a moment', async () => {
    const nowhere = linkTo(shared.temporalAddress, 'nowhere');
    const code = 'namespaceNotFound';
    await expect(createDelivery(nowhere)(claims, YES)).rejects.toMatchObject({ code });
    await expect(findNamespace(nowhere)).rejects.toMatchObject({ code });
  });
});
