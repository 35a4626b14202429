import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { AddressGuard } from '../../src/activities/webhooks/addresses.js';
import { callWebhook } from '../../src/activities/webhooks/callWebhook.js';
import { sayFailure } from '../../src/cli/failure.js';
import { createProgram } from '../../src/cli/program.js';
import { Receiver } from '../activities/webhooks/receiver.js';
import { KeptConsole } from '../cli/keptConsole.js';
import { SECRETS } from '../activities/webhooks/bench.js';
import { during, functions, type Parts } from '../support/canary.js';
import { targetPlan, WEBHOOK } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { until } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const [, yaml = ''] =
  /^```yaml\n(webhooks:\n {2}- name: ask-the-room\n.*?)^```$/ms.exec(page) ?? [];
const [, shown = ''] = /^the room reads:\n\n```\n(.*?)\n```$/ms.exec(page) ?? [];
const { webhooks } = parse(yaml) as { webhooks: [{ bodyTemplate: { inline: string } }] };

const UI = 'https://temporal.example.com';

let temporal: WorkflowServer;
let room: Receiver;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
  room = await Receiver.start();
});
afterAll(async () => {
  await temporal.stop();
  await room.stop();
});

/** The message of the documentation, as a deployment would send it to the room. */
const asks = () => ({
  ...{ ...WEBHOOK, uriTemplate: `${room.url}/hooks` },
  bodyTemplate: webhooks[0].bodyTemplate.inline,
});

/** Calls webhooks as a worker does that knows where the UI is. */
function calling(lambda: Parts['lambda']): void {
  lambda.activities.callWebhook = callWebhook({
    secrets: SECRETS,
    guardFor: () => new AddressGuard(['127.0.0.1']),
    serves: () => true,
    version: '1.2.3',
    uiUrl: UI,
  });
}

/** Runs a line of a shell in which nothing is quoted. */
async function runLine(line: string): Promise<string> {
  const console = new KeptConsole();
  console.drawable = false;
  console.environment = {
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: shared.namespace,
  };
  const program = createProgram(console, async (format, command) => {
    await command().catch((error: unknown) => sayFailure(error, console, format));
  });
  await program.parseAsync(['node', ...line.split(' ')]);
  return console.written;
}

describe('a message that asks people', () => {
  it('is what the documentation shows, and its command answers the gate that it names', async () => {
    const target = targetPlan('prod', {
      functions,
      strategy: 'canary',
      beforeDeployment: [
        { type: 'runWebhook', webhook: 'asks', context: {} },
        { type: 'approval', requiresRoles: ['sre'] },
      ],
    });
    const act = async ({ plan, deployment }: Parts) => {
      const { body } = await until('the room is told', () => room.received[0]);
      const { text } = JSON.parse(body) as { text: string };
      const { runId } = await deployment.describe();
      const id = encodeURIComponent(deployment.workflowId);
      const link = `${UI}/namespaces/${shared.namespace}/workflows/${id}/${runId}`;
      expect(text).toBe(
        shown
          .replace(/https:\S+/, link)
          .replaceAll('checkout', plan.application)
          .replaceAll('production', 'prod')
          .replace(/(?<=-i )\S+/, plan.deploymentId),
      );
      const [, command = ''] = text.split('\nTo approve: ');
      expect(await runLine(command)).toContain('prod/before/2');
    };
    const { outcome } = await during(temporal, [], act, [target], {
      prepare: calling,
      webhooks: { asks: asks() },
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [{ decision: 'approved', gate: 'prod/before/2', role: 'sre' }],
    });
  });
});
