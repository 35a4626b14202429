import { describe, expect, it } from '@jest/globals';
import { activityFailure } from '../../src/activities/awsFailure.js';
import type { SecretStore } from '../../src/activities/secrets/secretStore.js';
import type { Plan, TargetPlan } from '../../src/domain/plan.js';
import type { Settings } from '../../src/settings/settings.js';
import { createPlanCheck } from '../../src/worker/planProblems.js';
import { ANALYSIS, functionPlan, plan, targetPlan, WEBHOOK } from '../support/plans.js';

const NOTHING: Settings = {
  externalIds: new Map(),
  requestsPerSecond: 10,
  metricProviders: new Map(),
  warnings: [],
};

const secretsThat = (failure: Error) => ({
  secrets: { get: () => Promise.reject(failure) } satisfies SecretStore,
});
const NONE = secretsThat(
  activityFailure(
    { code: 'secretNotFound', message: 'There is no secret token.' },
    { retryable: false },
  ),
);

function asking(changes: Partial<TargetPlan>, more: Partial<Plan> = {}): Plan {
  return plan([targetPlan('prod', changes)], { application: 'shop', ...more });
}
const run = (webhook: string) => ({ type: 'runWebhook', webhook, context: {} }) as const;

describe('a plan that needs what the settings of the worker lack', () => {
  it('is refused when a callback could not arrive', async () => {
    const problems = await createPlanCheck(
      NOTHING,
      NONE,
    )(asking({ afterDeployment: [run('asks')] }));
    expect(problems).toEqual([
      "The webhook asks waits for a callback, but the worker's settings do not say where callbacks arrive: run `sluice gateway` and add `callbacks` to the settings file.",
    ]);
  });

  it('is refused when it links to a UI that the worker does not know', async () => {
    const tests = { ...WEBHOOK, bodyTemplate: '{{armory.deploymentLink}}' };
    const linking = asking({ afterDeployment: [run('tests')] }, { webhooks: { tests } });
    expect(await createPlanCheck(NOTHING, NONE)(linking)).toEqual([
      'The webhook tests uses sluice.deploymentLink, but the worker does not know where the Temporal UI is: set SLUICE_UI_URL in its environment.',
    ]);
    const knowing = { ...NONE, uiUrl: 'https://temporal.example.com' };
    expect(await createPlanCheck(NOTHING, knowing)(linking)).toEqual([]);
  });

  it('is refused when nobody of that name has measured', async () => {
    const [problem, ...others] = await createPlanCheck(
      NOTHING,
      NONE,
    )(asking({ afterDeployment: [ANALYSIS] }));
    expect(problem).toContain('asks the metric provider prometheus');
    expect(others).toEqual([]);
  });

  const withSecret = asking(
    { afterDeployment: [run('tests')] },
    { webhooks: { tests: { ...WEBHOOK, uriTemplate: 'https://a.example/{{secrets.token}}' } } },
  );

  it('is refused when a secret is not there', async () => {
    expect(await createPlanCheck(NOTHING, NONE)(withSecret)).toEqual(['There is no secret token.']);
  });

  it('is refused when a variable is filled in from one that is not there, and names it', async () => {
    const { settings, ...one } = functionPlan('orders');
    const environment = { DB_URL: 'db://app:{{secrets.token}}@host' };
    const functions = [{ ...one, settings: { ...settings, environment } }];
    expect(await createPlanCheck(NOTHING, NONE)(asking({ functions }))).toEqual([
      'There is no secret token. The variable DB_URL of orders at prod is filled in from it.',
    ]);
  });

  it('has them looked up a few at once', async () => {
    let [now, most, asked] = [0, 0, 0];
    const store: SecretStore = {
      get: async () => {
        most = Math.max(most, (now += 1));
        asked += 1;
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return 'x';
      },
    };
    const names = Array.from({ length: 50 }, (_, index) => `{{secrets.a${index}}}`);
    const webhooks = { tests: { ...WEBHOOK, bodyTemplate: names.join('') } };
    const wanted = asking({ afterDeployment: [run('tests')] }, { webhooks });
    expect(await createPlanCheck(NOTHING, { secrets: store })(wanted)).toEqual([]);
    expect([asked, most]).toEqual([50, 5]);
  });

  it('is refused when it uses more of them than a deployment may', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `{{secrets.a${index}}}`);
    const webhooks = { tests: { ...WEBHOOK, bodyTemplate: names.join('') } };
    const wanted = asking({ afterDeployment: [run('tests')] }, { webhooks });
    expect(await createPlanCheck(NOTHING, NONE)(wanted)).toEqual([
      expect.stringContaining('uses more than 50 secrets'),
    ]);
  });

  it('is not refused because a place of secrets does not answer now', async () => {
    const away = secretsThat(
      activityFailure({ code: 'awsUnavailable', message: 'No answer.' }, { retryable: true }),
    );
    expect(await createPlanCheck(NOTHING, away)(withSecret)).toEqual([]);
  });

  const byAgent = {
    ...withSecret,
    webhooks: {
      tests: {
        ...(withSecret.webhooks['tests'] ?? WEBHOOK),
        networkMode: 'remoteNetworkAgent',
        agentIdentifier: 'office',
      } as const,
    },
  };

  it('is not refused for what an agent has', async () => {
    expect(await createPlanCheck(NOTHING, NONE)(byAgent)).toEqual([]);
  });

  it('is refused when its application may not use the agent', async () => {
    const ruled = (applications: string[]): Settings => ({
      ...NOTHING,
      agents: [{ applications, allow: ['office'] }],
    });
    expect(await createPlanCheck(ruled(['shop']), NONE)(byAgent)).toEqual([]);
    expect(await createPlanCheck(ruled(['bank']), NONE)(byAgent)).toEqual([
      "The webhook tests is called by the agent office, which the worker's settings do not let shop use: it is in no rule under `agents` that names the application.",
    ]);
  });
});
