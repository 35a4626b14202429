import { describe, expect, it } from '@jest/globals';
import { needsOf } from '../../src/domain/needs.js';
import type { Webhook } from '../../src/domain/plan.js';
import { ANALYSIS, functionPlan, plan, targetPlan, WEBHOOK } from '../support/plans.js';

const run = (webhook: string) => ({ type: 'runWebhook', webhook, context: {} }) as const;

describe('what a plan needs of the worker', () => {
  const target = targetPlan('prod', {
    beforeDeployment: [run('asks')],
    afterDeployment: [run('tell'), ANALYSIS],
  });
  const webhooks: Record<string, Webhook> = {
    asks: {
      ...WEBHOOK,
      disableCallback: false,
      uriTemplate: 'https://a.example/{{secrets.hook}}',
      headers: [{ key: 'Authorization', value: 'Bearer {{ secrets.token }}' }],
      bodyTemplate: '{{sluice.deploymentLink}}',
    },
    tell: {
      ...WEBHOOK,
      networkMode: 'remoteNetworkAgent',
      agentIdentifier: 'office',
      bodyTemplate: '{{secrets.of-the-agent}} {{sluice.deploymentLink}}',
    },
    unused: { ...WEBHOOK, disableCallback: false, uriTemplate: '{{secrets.unused}}' },
  };
  const queries = {
    errors: { template: 'errors {{secrets.of-a-query}}', upperLimit: 1, onNoData: 'retry' },
  } as const;

  it('is found in the steps that its targets have', () => {
    expect(needsOf(plan([target], { webhooks, queries }))).toEqual({
      callbacks: ['asks'],
      links: ['asks'],
      providers: new Map([['prometheus', 'errors']]),
      agents: new Map([['office', 'tell']]),
      secrets: ['hook', 'token', 'of-a-query'],
      environmentSecrets: new Map(),
    });
  });

  it('is nothing for a plan without such steps', () => {
    expect(needsOf(plan([targetPlan('prod')], { webhooks, queries }))).toEqual({
      callbacks: [],
      links: [],
      providers: new Map(),
      agents: new Map(),
      secrets: [],
      environmentSecrets: new Map(),
    });
  });

  it('is the secrets that environments are filled in from, with the variables', () => {
    const { settings, ...one } = functionPlan('orders');
    const environment = {
      URL: 'db://{{secrets.db}}@host',
      LOG: '{{info}}',
      KEY: '{{secrets.key}}',
    };
    const filledIn = targetPlan('prod', {
      functions: [{ ...one, settings: { ...settings, environment } }],
    });
    expect(needsOf(plan([filledIn])).environmentSecrets).toEqual(
      new Map([
        ['db', 'URL of orders at prod'],
        ['key', 'KEY of orders at prod'],
      ]),
    );
  });
});
