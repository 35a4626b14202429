import { expect } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { ClientCache } from '../../src/activities/clients.js';
import { createProviders, type ProviderSettings } from '../../src/metrics/registry.js';
import type { MeasuredQuery, MeasureInput } from '../../src/activities/deciding.js';
import { measure } from '../../src/activities/measure.js';
import type { MetricDependencies } from '../../src/activities/rendered.js';
import { SECRETS } from '../activities/webhooks/bench.js';
import { ASK_LIMITS } from '../../src/metrics/limits.js';
import { measured, type Provider, type Question } from '../../src/metrics/provider.js';
import type { Measurement } from '../../src/domain/analysis.js';
import { DEPENDENCIES } from '../support/activityBench.js';

/** Five minutes, which is what all tests look back over. */
export const WINDOW = {
  from: new Date('2026-05-04T10:00:00.000Z'),
  to: new Date('2026-05-04T10:05:00.500Z'),
};

export function question(query: string, changes: Partial<Question> = {}): Question {
  return {
    query,
    window: WINDOW,
    access: {
      application: 'shop',
      deploymentId: '6f1b4e0a-0000-4000-8000-000000000000',
      target: 'prod',
      deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
      region: 'us-east-1',
    },
    quotable: true,
    signal: new AbortController().signal,
    ...changes,
  };
}

export function providerOf(
  settings: ProviderSettings,
  limits = ASK_LIMITS,
  access = DEPENDENCIES.access,
): Provider {
  const providers = createProviders(new Map([['one', settings]]), new ClientCache(access), limits);
  return providers.get('one')!;
}

/** What a query answers. */
export function answerOf(
  settings: ProviderSettings,
  query: string,
  changes: Partial<Question> = {},
): Promise<Measurement> {
  return measured(() => providerOf(settings).ask(question(query, changes)));
}

/** A measurement without a number, whose message holds a text. */
export const problem = (what: string, text = ''): unknown => ({
  problem: what,
  message: expect.stringContaining(text),
});

export function measuredQuery(
  template: string,
  changes: Partial<MeasuredQuery> = {},
): MeasuredQuery {
  const defaults = { query: 'errors', provider: 'one', onNoData: 'retry', variables: {} } as const;
  return { ...defaults, template, ...changes };
}

/** When it is too late to ask again. */
export const PAST = new Date(0).toISOString();

/** Runs the activity once, with one provider. */
export function measureWith(
  provider: Provider,
  changes: Partial<MeasureInput>,
  attempt = 1,
  mayAsk: MetricDependencies['mayAsk'] = () => true,
): Promise<Measurement[]> {
  const providers = new Map([['one', provider]]);
  const activity = measure({ providers, secrets: SECRETS, mayAsk });
  const environment = new MockActivityEnvironment(
    { attempt },
    { logger: new DefaultLogger('ERROR') },
  );
  const input: MeasureInput = {
    ...question('').access,
    gate: 'prod/steps/2',
    context: { team: 'ops' },
    variables: { version: '7', region: 'us-east-1' },
    queries: [],
    from: WINDOW.from.toISOString(),
    to: WINDOW.to.toISOString(),
    giveUpAt: new Date(Date.now() + 60_000).toISOString(),
    ...changes,
  };
  return environment.run(activity, input);
}
