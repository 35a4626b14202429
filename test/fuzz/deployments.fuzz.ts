import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { WorkflowServer } from '../support/workflowServer.js';
import { playMany } from '../workflows/random/property.js';

const EXTENT = { seed: 1, scenarios: 300, isQuick: false, atOnce: 12, limitMs: 4 * 60_000 };

/** Fewer than run at the same time, so that many are replayed in their middle. */
const MAX_CACHED_WORKFLOWS = 20;

let server: Awaited<ReturnType<typeof startTemporal>>;
let temporal: WorkflowServer;
beforeAll(async () => {
  server = await startTemporal({ headless: true });
  temporal = await WorkflowServer.at(server.address, server.namespace, MAX_CACHED_WORKFLOWS);
}, 60_000);
afterAll(async () => {
  await temporal.stop();
  await server.stop();
});

describe('a deployment of any plan, among faults and whatever people send', () => {
  it('ends, and its outcome is what AWS holds', async () => {
    const played = await playMany(temporal, EXTENT);
    // On a machine that has much else to do there is not the time for all of them.
    expect(played).toBeGreaterThan(EXTENT.scenarios / 5);
  });
});
