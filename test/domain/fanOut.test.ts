import { describe, expect, it } from '@jest/globals';
import { MAX_AT_ONCE_BYTES, tooMuchWork } from '../../src/domain/fanOut.js';
import type { Plan, RunWebhookStep, TargetPlan } from '../../src/domain/plan.js';
import { jsonBytes } from '../../src/domain/weighed.js';
import { ANALYSIS, functionPlan, plan, targetPlan, WEBHOOK } from '../support/plans.js';

const step = (context: Record<string, string> = {}): RunWebhookStep => ({
  type: 'runWebhook',
  webhook: 'report',
  context,
});

function reporting(body: string, target: Partial<TargetPlan>, more: Partial<Plan> = {}): Plan {
  const webhooks = { report: { ...WEBHOOK, bodyTemplate: body } };
  return plan([targetPlan('prod', target)], { webhooks, ...more });
}

const hundred = Array.from({ length: 100 }, () => step());

describe('a plan', () => {
  it('may have a hundred webhooks side by side, and a context that they do not use', () => {
    const context = { notes: 'x'.repeat(400_000) };
    const asked = reporting('{{armory.region}}', { afterDeployment: hundred }, { context });
    expect(tooMuchWork(asked)).toBeUndefined();
  });

  it.each(['beforeDeployment', 'afterDeployment'] as const)(
    'may not send more at once than Temporal takes, in %s',
    (list) => {
      const context = { notes: 'x'.repeat(60_000) };
      const asked = reporting('{{context.notes}}', { [list]: hundred }, { context });
      expect(tooMuchWork(asked)).toMatchObject({
        target: { name: 'prod' },
        message: `At the target prod, the steps of ${list} would send more than 2 MiB to Temporal in one moment.`,
      });
    },
  );

  it('may not ask a query for so many functions that it is too much', () => {
    const functions = Array.from({ length: 60 }, (_, index) => functionPlan(`f${index}`));
    const template = `vector(1) # {{armory.functionName}} ${'y'.repeat(60_000)}`;
    const asked = plan([targetPlan('prod', { functions, strategy: 'canary' })], {
      strategies: { canary: { steps: [{ type: 'setWeight', weight: 50 }, ANALYSIS] } },
      queries: { errors: { template, upperLimit: 1, onNoData: 'fail' } },
    });
    expect(tooMuchWork(asked)?.message).toContain('step 2 of the strategy would send more than');
    const [target] = asked.targets;
    const few = {
      ...asked,
      targets: [{ ...(target as TargetPlan), functions: functions.slice(0, 6) }],
    };
    expect(tooMuchWork(few)).toBeUndefined();
  });

  it('may not fill more in than one call may send', () => {
    const body = '{{context.notes}}'.repeat(10);
    const asked = reporting(body, { afterDeployment: [step({ notes: 'x'.repeat(20_000) })] });
    expect(tooMuchWork(asked)?.message).toBe(
      'Filled in, the webhook report has more than 131072 characters.',
    );
  });

  it('may not start its targets with more than the history of a deployment holds', () => {
    const context = { notes: 'x'.repeat(20_000) };
    const names = Array.from({ length: 1200 }, (_, index) => `t${index}`);
    const targets = names.map((name) => targetPlan(name, { afterDeployment: [step()] }));
    const asked = { ...reporting('{{context.notes}}', {}, { context }), targets };
    expect(tooMuchWork(asked)?.message).toContain('would be started with');
    expect(tooMuchWork({ ...asked, targets: targets.slice(0, 500) })).toBeUndefined();
  });

  it('is weighed once for each step and webhook, however many targets have them', () => {
    let reads = 0;
    const webhook = new Proxy(WEBHOOK, {
      get: (target, key) => {
        if (key === 'uriTemplate') reads += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    const targets = Array.from({ length: 500 }, (_, index) =>
      targetPlan(`t${index}`, { strategy: 'canary' }),
    );
    tooMuchWork(
      plan(targets, {
        strategies: { canary: { steps: hundred } },
        webhooks: { report: webhook },
      }),
    );
    expect(reads).toBeLessThan(10);
  });
});

it('what is measured is what JSON has in UTF-8', () => {
  expect(jsonBytes('a"é')).toBe(7);
  expect(MAX_AT_ONCE_BYTES).toBe(2 * 1024 * 1024);
});
