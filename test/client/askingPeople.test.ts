import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { AddressGuard } from '../../src/activities/webhooks/addresses.js';
import { callWebhook } from '../../src/activities/webhooks/callWebhook.js';
import { SECRETS } from '../activities/webhooks/bench.js';
import { receiver, uri } from '../activities/webhooks/ownReceiver.js';
import { runIn } from '../cli/inProcess.js';
import { functions, lambdaWithFunctions } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { targetPlan, WEBHOOK } from '../support/plans.js';
import { eventually, until } from '../support/until.js';
import { clientScene } from './clientScene.js';

const scene = clientScene();

const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const [, yaml = ''] =
  /^```yaml\n(webhooks:\n {2}- name: ask-the-room\n.*?)^```$/ms.exec(page) ?? [];
const [, shown = ''] = /^the room reads:\n\n```\n(.*?)\n```$/ms.exec(page) ?? [];
const { webhooks } = parse(yaml) as { webhooks: [{ bodyTemplate: { inline: string } }] };

const UI = 'https://temporal.example.com';

/** As a worker calls them that knows where the UI is. */
const calling = callWebhook({
  secrets: SECRETS,
  guardFor: () => new AddressGuard(['127.0.0.1']),
  serves: () => true,
  version: '1.2.3',
  uiUrl: UI,
});

/** Runs a line of a shell in which nothing is quoted. */
async function runLine(line: string): Promise<string> {
  const { stdout, stderr } = await runIn(scene.namespace, line.split(' ').slice(1));
  return stdout + stderr;
}

describe('a message that asks people', () => {
  it('is what the documentation shows, and its command answers the gate that it names', async () => {
    const target = targetPlan('prod', {
      functions,
      beforeDeployment: [
        { type: 'runWebhook', webhook: 'asks', context: {} },
        { type: 'approval', requiresRoles: ['sre'] },
      ],
    });
    const bodyTemplate = webhooks[0].bodyTemplate.inline;
    const asks = { ...WEBHOOK, ...uri('/hooks'), bodyTemplate };
    const plan = { ...deployment(target), webhooks: { asks } };
    const lambda = lambdaWithFunctions();
    lambda.activities.callWebhook = calling;
    await scene.workers.with(lambda, async () => {
      const started = await scene.sluice.start({ plan });
      if (started.state === 'queued') throw new Error('nothing else runs');
      const { body } = await until('the room is told', () => receiver.received[0]);
      const { text } = JSON.parse(body) as { text: string };
      const path = [started.workflowId, started.runId].map(encodeURIComponent).join('/');
      expect(text).toBe(
        shown
          .replace(/https:\S+/, `${UI}/namespaces/${scene.namespace}/workflows/${path}`)
          .replaceAll('checkout', plan.application)
          .replaceAll('production', 'prod')
          .replace(/(?<=-i )\S+/, plan.deploymentId),
      );
      const [, command = ''] = text.split('\nTo approve: ');
      expect(await runLine(command)).toContain('prod/before/2: approved');
      await eventually(async () => {
        expect(await scene.sluice.status(plan.application)).toMatchObject({ state: 'succeeded' });
      });
    });
  });
});
