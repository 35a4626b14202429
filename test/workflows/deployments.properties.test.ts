import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowServer } from '../support/workflowServer.js';
import { playMany } from './random/property.js';

/** A few of those that `npm run fuzz` plays. */
const EXTENT = { seed: 1, scenarios: 20, isQuick: true, atOnce: 20, limitMs: 60_000 };

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a deployment of any plan, among faults and whatever people send', () => {
  it('ends, and its outcome is what AWS holds', async () => {
    expect(await playMany(temporal, EXTENT)).toBe(EXTENT.scenarios);
  }, 120_000);
});
