import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDelivery } from '../../src/gateway/delivery.js';
import type { Step } from '../../src/domain/plan.js';
import { readTemporalSettings } from '../../src/settings/temporal.js';
import { during, type Parts } from '../support/canary.js';
import { untilOpen } from '../support/operator.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { WorkflowServer } from '../support/workflowServer.js';
import { callbackPath, GatewayInProcess } from './gatewayInProcess.js';

let temporal: WorkflowServer;
let gateway: GatewayInProcess;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
  const { client } = temporal.env;
  const { namespace } = client.options;
  const settings = readTemporalSettings(NO_TEMPORAL_CONFIG, { namespace });
  gateway = await GatewayInProcess.start({
    namespace,
    deliver: createDelivery({ client, settings }),
  });
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

/** Deploys until the webhook's step waits, and sends a callback to its address. */
async function answeredWith(body: object, secrets: readonly string[] = []) {
  let path = '';
  const act = async ({ target }: Parts) => {
    await untilOpen(target(), GATE);
    const { workflowId, runId } = await target().describe();
    const { namespace } = temporal.env.client.options;
    path = await callbackPath({ namespace, workflowId, runId, gate: GATE }, secrets);
    expect((await gateway.post(path, body)).status).toBe(202);
  };
  return { ...(await during(temporal, steps, act)), path };
}

describe('a deployment that waits for a callback', () => {
  it('goes on when it says yes, and keeps what it says without secrets', async () => {
    const mdMessage = '**All** green with hunter2';
    const { outcome, path } = await answeredWith({ success: true, mdMessage }, ['hunter2']);
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [{ decision: 'succeeded', gate: GATE, comment: '**All** green with ***' }],
    });
    expect((await gateway.post(path, { success: false })).status).toBe(202);
  });

  it('rolls back when it says no', async () => {
    const { outcome } = await answeredWith({ success: false, mdMessage: '3 failed' });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { message: 'The callback of the webhook asks says that it failed: 3 failed' },
    });
  });
});
