import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunWebhookStep, Step, TargetPlan, Webhook } from '../../src/domain/plan.js';
import { failureSentence } from '../../src/domain/failures.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';
import { aliasOf, during, functions, type Parts } from '../support/canary.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { targetPlan, WEBHOOK } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const asks: RunWebhookStep = { type: 'runWebhook', webhook: 'asks', context: { suite: 'smoke' } };
const steps: Step[] = [{ type: 'setWeight', weight: 25 }, asks];
const GATE = 'prod/steps/2';

const EVERYTHING = [
  'context.suite',
  ...BUILT_IN_VARIABLES.filter((one) => one.in.includes('webhook')).map(({ name }) => name),
];

/** A webhook that waits for a callback, and uses these variables. */
function asking(...variables: string[]): Webhook {
  const bodyTemplate = variables.map((name) => `{{${name}}}`).join(' ');
  return { ...WEBHOOK, disableCallback: false, bodyTemplate };
}
const unavailable = {
  failure: { code: 'webhookFailed', message: 'The webhook asks was answered with 503.' },
  retryable: true,
} as const;

/** A call that does not end, unless it is cancelled. */
function hanging() {
  let reach: () => void;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const prepare = (lambda: Parts['lambda']): void =>
    void lambda.hang('callWebhook', GATE).then(reach);
  return { prepare, reached };
}

describe('a webhook in a strategy', () => {
  it.concurrent('is told everything about the canary', async () => {
    const act = async ({ target, lambda }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('webhookCallback', { gate: GATE, success: true });
      const [call] = lambda.outside.calls;
      expect(call).toMatchObject({
        gate: GATE,
        name: 'asks',
        context: { suite: 'smoke' },
        variables: {
          environmentName: 'prod',
          accountId: '111111111111',
          functionName: 'f',
          aliasName: 'live',
          version: '2',
          previousVersion: '1',
          weight: '25',
        },
        callbackExpiresAt: expect.any(String),
      });
    };
    const webhooks = { asks: asking(...EVERYTHING) };
    const { outcome } = await during(temporal, steps, act, undefined, { webhooks });
    expect(outcome.status).toBe('deployed');
  });

  it.concurrent('is told of the context and the variables what it uses, and no more', async () => {
    const act = async ({ target, lambda }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('webhookCallback', { gate: GATE, success: true });
      expect(lambda.outside.calls[0]?.context).toEqual({ team: 'shop', suite: 'smoke' });
      expect(lambda.outside.calls[0]?.variables).toEqual({ region: 'us-east-1' });
    };
    const { outcome } = await during(temporal, steps, act, undefined, {
      context: { team: 'shop', suite: 'all', notes: 'of no use' },
      webhooks: { asks: asking('context.team', 'context.suite', 'armory.region') },
    });
    expect(outcome.status).toBe('deployed');
  });

  it.concurrent(
    'goes on when its callback says yes, and keeps what it said, without what could do harm',
    async () => {
      const mdMessage = '**214** tests <script>alert(1)</script> [log](javascript:x)';
      const act = async ({ target }: Parts) => {
        await untilOpen(target(), GATE);
        await target().signal('webhookCallback', { gate: GATE, success: true, mdMessage });
      };
      const { outcome, lambda } = await during(temporal, steps, act);
      expect(outcome).toMatchObject({
        status: 'deployed',
        decisions: [
          {
            decision: 'succeeded',
            gate: GATE,
            comment: '**214** tests < script>alert(1)< /script> [log] (javascript:x)',
          },
        ],
      });
      expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
    },
  );

  it.concurrent('rolls back when its callback says no', async () => {
    const act = async ({ target }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('webhookCallback', { gate: GATE, success: false, mdMessage: '3 fail' });
    };
    const { outcome, lambda } = await during(temporal, steps, act);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'webhookFailed',
        message: 'The callback of the webhook asks says that it failed: 3 fail',
      },
    });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
  });

  it.concurrent('counts the first callback and ignores a second', async () => {
    const called = hanging();
    const act = async ({ target }: Parts) => {
      await called.reached;
      await target().signal('webhookCallback', { gate: GATE, success: false });
      await target().signal('webhookCallback', { gate: GATE, success: true });
    };
    const { outcome } = await during(temporal, steps, act, undefined, { prepare: called.prepare });
    expect(outcome.status).toBe('rolledBack');
  });

  it.concurrent(
    'hears a callback that comes before the call itself has been answered',
    async () => {
      const called = hanging();
      const act = async ({ target }: Parts) => {
        await called.reached;
        await target().signal('webhookCallback', { gate: GATE, success: true });
      };
      const { outcome } = await during(temporal, steps, act, undefined, {
        prepare: called.prepare,
      });
      expect(outcome.status).toBe('deployed');
    },
  );

  it.concurrent(
    'is answered by a person through the deployment, who needs to name no gate',
    async () => {
      const act = async ({ target, deployment }: Parts) => {
        await untilOpen(target(), GATE);
        await untilOpen(deployment, GATE);
        await deployment.signal('webhookCallback', { success: true, by: 'alice' });
      };
      const { outcome } = await during(temporal, steps, act);
      expect(outcome.decisions).toMatchObject([
        { decision: 'succeeded', by: 'alice', known: 'claimed' },
      ]);
    },
  );

  it.concurrent.each([
    ['nothing', undefined],
    ['a text', 'yes'],
    ['an object without success', { gate: GATE }],
    ['success that is no boolean', { gate: GATE, success: 'true' }],
  ])('is not answered by %s, and says so', async (_, message) => {
    const act = async ({ target }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('webhookCallback', ...(message === undefined ? [] : [message]));
      const { ignored } = await untilProgress(target(), (progress) => progress.ignored.length > 0);
      expect(ignored[0]?.reason).toContain('neither success nor failure');
      await target().signal('webhookCallback', { gate: GATE, success: true });
    };
    const webhooks = { asks: asking(...EVERYTHING) };
    const { outcome } = await during(temporal, steps, act, undefined, { webhooks });
    expect(outcome.status).toBe('deployed');
  });

  it.concurrent('goes on without a callback where none is wanted', async () => {
    const quick: Step[] = [{ type: 'runWebhook', webhook: 'tests', context: {} }];
    const { outcome, lambda } = await during(temporal, quick, () => Promise.resolve());
    expect(outcome.status).toBe('deployed');
    expect(lambda.outside.calls[0]).not.toHaveProperty('callbackExpiresAt');
  });
});

describe("a webhook's call that fails", () => {
  const retried = (retryCount: number) => ({
    asks: {
      method: 'POST' as const,
      uriTemplate: 'https://ci.example.com',
      headers: [],
      networkMode: 'direct' as const,
      retryCount,
      disableCallback: true,
    },
  });

  it.concurrent(
    'is made again as often as the file says, after the time that was asked for',
    async () => {
      const act = async ({ target, deployment, lambda }: Parts) => {
        const { notices } = await untilProgress(target(), ({ notices: told }) => told.length > 0);
        expect(notices[0]).toContain('answered with 503. It is called again at');
        expect(notices[0]).toContain('(retry 1 of 1)');
        await outcomeOf(deployment);
        expect(lambda.outside.calls).toHaveLength(2);
      };
      const prepare = ({ outside }: Parts['lambda']) =>
        outside.results.push({ ...unavailable, retryAfterMs: 1500 });
      const { outcome } = await during(temporal, steps, act, undefined, {
        prepare,
        webhooks: retried(1),
      });
      expect(outcome.status).toBe('deployed');
    },
  );

  it.concurrent('fails the step when it fails once more', async () => {
    const prepare = ({ outside }: Parts['lambda']) => outside.results.push(unavailable);
    const { outcome, lambda } = await during(temporal, steps, () => Promise.resolve(), undefined, {
      prepare,
      webhooks: retried(0),
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: unavailable.failure });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
  });

  it.concurrent('is not made again when that cannot help', async () => {
    const prepare = ({ outside }: Parts['lambda']) =>
      outside.results.push({ ...unavailable, retryable: false });
    const { outcome, lambda } = await during(temporal, steps, () => Promise.resolve(), undefined, {
      prepare,
      webhooks: retried(5),
    });
    expect(outcome.status).toBe('rolledBack');
    expect(lambda.outside.calls).toHaveLength(1);
  });

  it.concurrent('says when the agent that is to make it is not there', async () => {
    const webhooks = {
      asks: {
        ...retried(0).asks,
        networkMode: 'remoteNetworkAgent' as const,
        agentIdentifier: 'office',
      },
    };
    const act = async ({ target }: Parts) => {
      const { notices } = await untilProgress(target(), ({ notices: told }) => told.length > 0);
      expect(notices[0]).toContain('No agent office takes the call of the webhook asks.');
      expect(notices[0]).toContain('sluice agent --identifier office');
      await target().signal('rollback');
    };
    const { outcome } = await during(temporal, steps, act, undefined, { webhooks });
    expect(outcome).toMatchObject({ status: 'rolledBack' });
  });
});

describe('a webhook before a deployment', () => {
  const targets = (before: TargetPlan['beforeDeployment']): TargetPlan[] => [
    targetPlan('prod', { functions, strategy: 'canary', beforeDeployment: before }),
  ];

  it.concurrent('that fails does not wait for the approval beside it', async () => {
    const act = async ({ target }: Parts) => {
      await untilOpen(target(), 'prod/before/1', 'prod/before/2');
      await target().signal('webhookCallback', { gate: 'prod/before/1', success: false });
    };
    const list = targets([asks, { type: 'approval' }]);
    const { outcome, lambda } = await during(temporal, [], act, list);
    expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'webhookFailed' } });
    expect(lambda.writes).toEqual([]);
  });
});

describe('a webhook after a deployment', () => {
  it.concurrent('is told what is live also where nothing had to change', async () => {
    const unaliased = targetPlan('prod', {
      functionNames: ['f'],
      strategy: 'canary',
      afterDeployment: [{ type: 'runWebhook', webhook: 'tests', context: {} }],
    });
    const prepare = (lambda: Parts['lambda']): void => {
      const inspect = lambda.activities.inspectFunction;
      lambda.activities.inspectFunction = async (input) => ({
        ...(await inspect(input)),
        latest: { code: false, settings: [] },
        served: { code: false, settings: [] },
      });
    };
    const nothing = (): Promise<void> => Promise.resolve();
    const webhooks = { tests: { ...asking(...EVERYTHING), disableCallback: true } };
    const changes = { prepare, webhooks };
    const { outcome, lambda } = await during(temporal, [], nothing, [unaliased], changes);
    expect(outcome.status).toBe('unchanged');
    expect(lambda.outside.calls[0]?.variables).toMatchObject({
      functionName: 'f',
      version: '$LATEST',
      previousVersion: '$LATEST',
      weight: '100',
    });
  });

  it.concurrent('that fails leaves the target deployed', async () => {
    const target = targetPlan('prod', { functions, strategy: 'canary', afterDeployment: [asks] });
    const act = async ({ target: run }: Parts) => {
      await untilOpen(run(), 'prod/after/1');
      await run().signal('webhookCallback', { success: false, mdMessage: 'no' });
    };
    const { outcome, lambda } = await during(temporal, [], act, [target]);
    expect(outcome).toMatchObject({ status: 'deployed', failure: { code: 'webhookFailed' } });
    expect(failureSentence(outcome.failure ?? { code: 'internal', message: '' })).toContain('no');
    expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
  });
});
