import { Client, Connection } from '@temporalio/client';
import { RawValue } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId, TASK_QUEUE } from '../../src/domain/names.js';
import type { Plan, RunWebhookStep } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { makeNamespace } from '../support/namespace.js';
import { functionPlan, plan, targetPlan, WEBHOOK } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { freeAddress } from '../support/sluiceProcess.js';
import { WatchedHealth } from './watchedHealth.js';
import { WorkerProcess } from './workerProcess.js';

const SIZE = 400_000;

/** What the heap of the process may grow to, in MB: what it needs without work, and 64 more. */
const HEAP_MB = 128;

/** For how long a worker may be busy between two answers to who asks for its health. */
const MOST_SILENCE_MS = 1000;

const step: RunWebhookStep = { type: 'runWebhook', webhook: 'w', context: {} };

function calling(template: Partial<typeof WEBHOOK>, more: Partial<Plan> = {}): Plan {
  const target = targetPlan('prod', { beforeDeployment: [step] });
  return plan([target], { webhooks: { w: { ...WEBHOOK, ...template } }, ...more });
}

function repeated(text: string): string {
  return text.repeat(SIZE / text.length);
}

const names = Array.from({ length: SIZE / 20 }, (_, index) => `{{secrets.a${index}}}`);
const hundred = Array.from({ length: 100 }, () => step);

const environment = Object.fromEntries(
  Array.from({ length: SIZE / 14 }, (_, index) => [`-${index}`, '']),
);
const { settings } = functionPlan('orders');
const wrongVariables = targetPlan('prod', {
  functions: [functionPlan('orders', { settings: { ...settings, environment } })],
});

/** Plans of 400 KB that are made to take a worker's time or memory. */
const HOSTILE: [name: string, plan: unknown, said: string][] = [
  [
    'an address that is slow to match',
    calling(
      { uriTemplate: `https://ci.example.com/${'{{context.a}}'.repeat(24)} ` },
      { context: { a: '' } },
    ),
    'is not the address of a webhook',
  ],
  [
    'a name whose accents are hard to put in order',
    plan([targetPlan(`a${'\u0301\u0316'.repeat(SIZE / 4)}`)]),
    'is longer than 64 characters',
  ],
  [
    'very many roles without a name',
    plan([
      targetPlan('prod', {
        beforeDeployment: [
          { type: 'approval', requiresRoles: Array.from({ length: SIZE / 3 }, () => '') },
        ],
      }),
    ]),
    'requiresRoles[0]: must be the name of a role',
  ],
  [
    'an environment of very many variables',
    plan([wrongVariables]),
    'environment.-0: "-0" is not the name of an environment variable',
  ],
  [
    'very many variables',
    calling({ bodyTemplate: repeated('{{context.a}}') }, { context: { a: '' } }),
    'the most it may have is 65536',
  ],
  [
    'a text that is filled in very often',
    calling(
      { bodyTemplate: '{{context.a}}'.repeat(100) },
      { context: { a: 'é—'.repeat(SIZE / 2) } },
    ),
    'more than 131072 characters',
  ],
  ['very many secrets', calling({ bodyTemplate: names.join('') }), 'the most it may have is 65536'],
  [
    'targets without anything',
    { ...plan([]), targets: Array.from({ length: SIZE / 3 }, () => ({})) },
    'is missing from targets[0]',
  ],
  ['lists in lists', `[`.repeat(SIZE / 2) + ']'.repeat(SIZE / 2), 'nested more deeply'],
  [
    'a query that is asked for many functions',
    plan(
      [
        targetPlan('prod', {
          functions: Array.from({ length: 60 }, (_, index) => functionPlan(`f${index}`)),
          afterDeployment: [
            {
              type: 'analysis',
              intervalMs: 1000,
              runs: 1,
              queries: [{ query: 'q', provider: 'p' }],
              rollBackMode: 'automatic',
              rollForwardMode: 'automatic',
              lookbackMethod: 'growing',
              abortOnFailedJudgment: false,
              context: {},
            },
          ],
        }),
      ],
      {
        queries: {
          q: {
            template: `vector(1) # {{armory.functionName}} ${'y'.repeat(60_000)}`,
            upperLimit: 5,
            onNoData: 'fail',
          },
        },
      },
    ),
    'in one moment',
  ],
  [
    'webhooks that are all called at once',
    plan([targetPlan('prod', { afterDeployment: hundred })], {
      context: { a: 'x'.repeat(60_000) },
      webhooks: { w: { ...WEBHOOK, bodyTemplate: '{{context.a}}' } },
    }),
    'in one moment',
  ],
];

let worker: WorkerProcess;
let connection: Connection;
let client: Client;
let health: string;
beforeAll(async () => {
  const namespace = await makeNamespace();
  health = await freeAddress();
  worker = new WorkerProcess({
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    SLUICE_HEALTH_ADDRESS: health,
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
  });
  connection = await Connection.connect({ address: shared.temporalAddress });
  client = new Client({ connection, namespace });
  await worker.answers(`http://${health}/readyz`, 200);
});
afterAll(async () => {
  worker.signal('SIGKILL');
  await worker.exit;
  await connection.close();
});

/** As bytes: what is nested too deeply cannot be written by a client either. */
function payloadOf(wanted: unknown, application: string): RawValue {
  const json =
    typeof wanted === 'string' ? wanted : JSON.stringify({ ...(wanted as object), application });
  const metadata = { encoding: Buffer.from('json/plain') };
  return RawValue.fromPayload({ metadata, data: Buffer.from(json) });
}

async function refusal(wanted: unknown): Promise<string> {
  const application = uniqueName('hostile');
  const handle = await client.workflow.start(DEPLOYMENT_WORKFLOW, {
    workflowId: deploymentWorkflowId(application),
    taskQueue: TASK_QUEUE,
    args: [payloadOf(wanted, application)],
  });
  const error = await handle.result().then(
    () => undefined,
    (thrown: { cause: { type: string; message: string } }) => thrown,
  );
  expect(error?.cause.type).toBe('invalidPlan');
  return error?.cause.message ?? '';
}

describe('a plan that is made to hold a worker up', () => {
  it.each(HOSTILE)(
    'is refused at once, and the worker goes on and tells its health: %s',
    async (_name, wanted, said) => {
      await using watched = new WatchedHealth(`http://${health}/healthz`, worker.pid);
      const message = await refusal(wanted);
      expect(watched.longestMs).toBeLessThan(MOST_SILENCE_MS);
      expect(message).toContain(said);
      expect(message.length).toBeLessThanOrEqual(4000);
      await worker.answers(`http://${health}/readyz`, 200);
    },
  );

  it('is refused as all of them are at once', async () => {
    const messages = await Promise.all(HOSTILE.map(([, wanted]) => refusal(wanted)));
    expect(messages).toHaveLength(HOSTILE.length);
    await worker.answers(`http://${health}/healthz`, 200);
  });
});
