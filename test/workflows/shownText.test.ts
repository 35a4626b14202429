import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { BeforeStep, Plan, Step } from '../../src/domain/plan.js';
import { during, functions } from '../support/canary.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

/** What the Temporal UI shows of a run. */
async function detailsOf(run: WorkflowHandle): Promise<string> {
  const metadata = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails;
}

/** An image, a link or HTML that Markdown would make of a text, or a heading within it. */
const MARKUP = /(?<!\\)!?\[[^\]]*\]\(|(?<!\\)<[a-z/!]|^#/im;

const IMAGE = '![p](https://evil.example/p.png) <img src=x> [ok](javascript:alert(1))';
const SHOWN = '!\\[p\\](https://evil.example/p.png) \\<img src=x\\> \\[ok\\](javascript:alert(1))';

describe('what people read in the Temporal UI', () => {
  it('takes no role, person, comment or reason for Markdown', async () => {
    const role = `sre ${IMAGE}`;
    const steps: Step[] = [{ type: 'approval', requiresRoles: [role] }, { type: 'approval' }];
    const { outcome } = await during(temporal, steps, async ({ target, deployment }) => {
      await untilOpen(target(), 'prod/steps/1');
      await untilOpen(deployment, 'prod/steps/1');
      for (const run of [target(), deployment]) {
        const details = await detailsOf(run);
        expect(details).toContain(`**prod/steps/1** waits for an approval by sre ${SHOWN}.`);
        expect(outsideOfFences(details)).not.toMatch(MARKUP);
      }
      await target().signal('approve', { role: `intern ${IMAGE}` });
      await untilIgnored(target(), 'approve');
      expect(outsideOfFences(await detailsOf(target()))).not.toMatch(MARKUP);
      const by = `alice ${IMAGE}`;
      await target().signal('approve', { role, by, comment: `# fine\n\n${IMAGE}` });
      await untilOpen(target(), 'prod/steps/2');
      const details = await detailsOf(target());
      expect(details).toContain(`by alice ${SHOWN} (sre ${SHOWN}): \\# fine`);
      expect(outsideOfFences(details)).not.toMatch(MARKUP);
      await target().signal('approve');
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ role }, {}] });
  });

  it('takes no name of a webhook for Markdown, and quotes what a callback says', async () => {
    const name = `w ${IMAGE}`;
    const steps: Step[] = [
      { type: 'runWebhook', webhook: name, context: {} },
      { type: 'approval' },
    ];
    const webhooks: Plan['webhooks'] = {
      [name]: {
        method: 'POST',
        uriTemplate: 'https://ci.example.com/',
        headers: [],
        networkMode: 'direct',
        retryCount: 0,
        disableCallback: false,
      },
    };
    const act = async ({ target }: Parameters<Parameters<typeof during>[2]>[0]) => {
      await untilOpen(target(), 'prod/steps/1');
      const waiting = await detailsOf(target());
      expect(waiting).toContain(`waits for the callback of the webhook w ${SHOWN}`);
      expect(outsideOfFences(waiting)).not.toMatch(MARKUP);
      const mdMessage = `**214** tests\n\n![p](https://evil.example/p.png) <script>`;
      await target().signal('webhookCallback', { success: true, mdMessage });
      await untilOpen(target(), 'prod/steps/2');
      expect(await detailsOf(target())).toContain(
        '> **214** tests\n> \n> [p](https://evil.example/p.png) < script>',
      );
      await target().signal('approve');
    };
    const { outcome } = await during(temporal, steps, act, undefined, { webhooks });
    expect(outcome.status).toBe('deployed');
  });

  it('has a line of a few hundred bytes for each timer, whatever the length of names', async () => {
    const name = '東'.repeat(64);
    const role = '京'.repeat(100);
    const target = targetPlan(name, { functions, strategy: 'canary' });
    const before: BeforeStep = {
      type: 'approval',
      requiresRoles: [role],
      expiresAfterMs: 60_000,
    };
    const prod = targetPlan('prod', { functionNames: ['h'], strategy: 'canary' });
    const { outcome } = await during(
      temporal,
      [{ type: 'setWeight', weight: 100 }],
      async (parts) => {
        const run = parts.target(name);
        await untilOpen(run, `${name}/before/1`);
        await run.signal('approve', { gate: `${name}/before/1`, role });
        await run.result();
        const summaries = await summariesOf(run);
        expect(summaries.some((text) => text.startsWith(name.slice(0, 60)))).toBe(true);
        for (const text of summaries) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(400);
      },
      [prod, { ...target, beforeDeployment: [before] }],
    );
    expect(outcome.status).toBe('deployed');
  });
});

/** Commands stand in fences, where nothing is markup. */
function outsideOfFences(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
}

async function summariesOf(run: WorkflowHandle): Promise<string[]> {
  const { events } = await run.fetchHistory();
  return (events ?? []).flatMap(({ userMetadata }) =>
    userMetadata?.summary == null
      ? []
      : defaultPayloadConverter.fromPayload<string>(userMetadata.summary),
  );
}
