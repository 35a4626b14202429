import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runAgent } from '../../src/agent.js';
import type { Webhook } from '../../src/domain/plan.js';
import { readSettings } from '../../src/settings/settings.js';
import { readTemporalSettings } from '../../src/settings/temporal.js';
import { createAgent } from '../../src/worker/createWorker.js';
import { Receiver } from '../activities/webhooks/receiver.js';
import { during, type Parts } from '../support/canary.js';
import { uniqueName } from '../support/names.js';
import { WEBHOOK } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { until } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';
import { freeAddress } from '../support/sluiceProcess.js';
import { WorkerProcess } from './workerProcess.js';

let folder: string;
let settings: string;
let temporal: WorkflowServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-agent-'));
  settings = join(folder, 'settings.yaml');
  await writeFile(
    settings,
    `
network: { allow: [127.0.0.1] }
secrets: { from: [{ environment: { prefix: AGENT_ } }] }
callbacks:
  publicUrl: https://sluice.example.com
  keys: [{ id: one, secretFrom: { env: CALLBACK_KEY } }]
`,
  );
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
  await rm(folder, { recursive: true });
});

let identifier: string;
let receiver: Receiver;
let stop: (() => Promise<void>) | undefined;
beforeEach(async () => {
  identifier = uniqueName('office');
  receiver = await Receiver.start();
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
  await receiver.stop();
});

const environmentWith = (more: Record<string, string>) => ({
  ...NO_TEMPORAL_CONFIG,
  TEMPORAL_ADDRESS: shared.temporalAddress,
  TEMPORAL_NAMESPACE: shared.namespace,
  SLUICE_SETTINGS: settings,
  AGENT_CHAT_HOOK: 's3cr3t-of-the-agent',
  CALLBACK_KEY: 'a key of at least thirty-two characters',
  ...more,
});

/** Starts the agent in this process. */
async function start(more: Record<string, string> = {}): Promise<void> {
  const environment = environmentWith(more);
  const parts = {
    environment,
    settings: await readSettings(environment),
    temporal: readTemporalSettings(environment),
  };
  const agent = await createAgent(temporal.env.nativeConnection, parts, identifier);
  const running = agent.run();
  stop = async () => {
    agent.shutdown();
    await running;
  };
}

/** Starts the agent in a process of its own. */
function startProcess(more: Record<string, string>): WorkerProcess {
  const agent = new WorkerProcess(environmentWith(more), ['agent', '--identifier', identifier]);
  stop = async () => {
    agent.signal('SIGKILL');
    await agent.exit;
  };
  return agent;
}

/** Releases a function with a webhook that this agent calls in the middle of its strategy. */
async function deploy(webhook: Partial<Webhook>, act: (parts: Parts) => Promise<unknown>) {
  const agentIdentifier = identifier;
  const asks: Webhook = {
    ...{ ...WEBHOOK, networkMode: 'remoteNetworkAgent', agentIdentifier },
    ...{ uriTemplate: `${receiver.url}/hooks`, ...webhook },
  };
  const steps = [{ type: 'runWebhook', webhook: 'asks', context: {} } as const];
  const { outcome } = await during(temporal, steps, act, undefined, { webhooks: { asks } });
  return outcome;
}

const untilReceived = () =>
  until('the agent has made the call', () => receiver.received[0] ?? undefined);

describe('an agent', () => {
  it('makes the calls that name it, with secrets of its own and an address for the callback', async () => {
    await start();
    const outcome = await deploy(
      {
        headers: [{ key: 'Authorization', value: 'Bearer {{secrets.chat-hook}}' }],
        bodyTemplate: '{"callback": "{{armory.callbackUri}}/callback"}',
        disableCallback: false,
      },
      async ({ target }) => {
        const { headers, body } = await untilReceived();
        expect(headers['authorization']).toBe('Bearer s3cr3t-of-the-agent');
        expect(headers['user-agent']).toMatch(/^sluice\/\d+\.\d+\.\d+$/);
        const { callback } = JSON.parse(body) as { callback: string };
        expect(callback).toMatch(/^https:\/\/sluice\.example\.com\/callbacks\/[\w.-]+\/callback$/);
        const { gate } = claimsIn(callback);
        await target().signal('webhookCallback', { gate, success: true });
      },
    );
    expect(outcome.status).toBe('deployed');
  });

  it('finishes the call that it is at when it is asked to stop', async () => {
    const health = await freeAddress();
    const agent = startProcess({ SLUICE_HEALTH_ADDRESS: health });
    await agent.answers(`http://${health}/readyz`, 200);
    let finish = (): void => undefined;
    receiver.answer = (_, response) => (finish = () => void response.end());
    const outcome = await deploy({}, async () => {
      await untilReceived();
      agent.signal('SIGTERM');
      await until(
        'it has heard that it is to stop',
        () => agent.stderr.includes('stops') || undefined,
      );
      finish();
      expect(await agent.exit).toBe(0);
    });
    expect(outcome.status).toBe('deployed');
    expect(receiver.received).toHaveLength(1);
    expect(agent.stderr).toContain(`"identifier":"${identifier}"`);
    expect(agent.stderr).not.toContain('s3cr3t');
  });

  it('makes no calls of an application that its settings do not let use it', async () => {
    const rules = 'agents: [{ applications: [bank], allow: ["*"] }]\n';
    await writeFile(join(folder, 'others.yaml'), `network: { allow: [127.0.0.1] }\n${rules}`);
    await start({ SLUICE_SETTINGS: join(folder, 'others.yaml') });
    const outcome = await deploy({}, () => Promise.resolve());
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'webhookFailed',
        message: expect.stringMatching(/the settings of the agent \S+ do not let \S+ use it/),
        remedy: expect.stringContaining('a rule under `agents`'),
      },
    });
    expect(receiver.received).toEqual([]);
  });

  it('calls no private address that its settings do not allow', async () => {
    await writeFile(join(folder, 'strict.yaml'), 'network: { allow: [10.0.0.0/8] }\n');
    await start({ SLUICE_SETTINGS: join(folder, 'strict.yaml') });
    const outcome = await deploy({}, () => Promise.resolve());
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'webhookFailed', message: expect.stringContaining('127.0.0.1') },
    });
    expect(receiver.received).toEqual([]);
  });
});

describe('an agent that cannot start', () => {
  it.each([
    ['nothing', ''],
    ['a line break', 'off\nice'],
    ['a character that nobody sees', 'off\u200bice'],
    ['too many characters', 'o'.repeat(101)],
  ])('has an identifier that is none: %s', async (_, named) => {
    await expect(runAgent({ identifier: named, environment: {} })).rejects.toMatchObject({
      code: 'invalidSettings',
      message: expect.stringMatching(
        /^An agent's identifier is a name, as .* Use 1 to 100 characters/,
      ),
    });
  });
});

/** What the address of a callback says about the step that it answers. */
function claimsIn(callback: string): { gate: string } {
  const [, payload = ''] = /\/callbacks\/[^.]+\.([^.]+)\./.exec(callback) ?? [];
  const { g } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { g: string };
  return { gate: g };
}
