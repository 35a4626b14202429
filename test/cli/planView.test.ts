import { describe, expect, it } from '@jest/globals';
import type { Step } from '../../src/domain/plan.js';
import { planLines } from '../../src/cli/view/planView.js';
import { planOf, SHOP, shopWith } from '../config/support.js';
import { ANALYSIS, functionPlan, plan, targetPlan } from '../support/plans.js';

describe('a plan, drawn for a person', () => {
  it('shows targets in the order in which they can start, with steps, gates and times', () => {
    expect(planLines(planOf(SHOP))).toEqual([
      'Shop: 2 targets, 3 functions',
      'Everything the shop runs',
      'Takes at least 11 min, with up to 45 min of work at a target. Of deployments meanwhile, the newest waits.',
      'A first deployment, where nothing serves traffic yet, leaves out the pauses after weights: it takes at least 6 min.',
      '',
      'staging: account 222222222222 (shop-staging), eu-west-1',
      '├─ starts at once',
      '├─ functions',
      '│  └─ orders-staging: all traffic at once, nodejs24.x, s3://shop-packages-eu/orders.zip',
      '└─ strategy atOnce',
      '   └─ 100 %, promoted',
      '',
      'production: account 111111111111 (shop-production), us-east-1',
      '├─ starts after staging',
      '├─ before, side by side',
      '│  ├─ approval by release-managers, within 24 h',
      '│  └─ webhook notify',
      '├─ functions',
      '│  ├─ orders: traffic over the alias live, nodejs24.x, s3://shop-packages/orders.zip',
      '│  └─ stock: traffic over the alias v2, python3.13, s3://shop-packages/nested/stock.zip',
      '├─ strategy gradual',
      '│  ├─ 10 %',
      '│  ├─ pause 5 min',
      '│  ├─ 50 %',
      '│  ├─ analysis of errors (datadog), latency (datadog): 5 × 1 min; a person decides about going on',
      '│  └─ 100 %, promoted',
      '└─ after, side by side',
      '   ├─ webhook tests by the agent datacentre, until its callback',
      '   └─ analysis of latency (cloudwatch): 2 × 30 s',
    ]);
  });

  it('shows the container image that a function is, in place of its runtime', () => {
    const image = '333333333333.dkr.ecr.us-east-1.amazonaws.com/orders:1.4.0';
    const one = functionPlan('orders', { package: { imageUri: image } });
    expect(planLines(plan([targetPlan('prod', { functions: [one] })]))).toContainEqual(
      expect.stringMatching(
        /orders: .*, container image, 333333333333\.dkr\.ecr\..*\/orders:1\.4\.0$/,
      ),
    );
  });

  it('says when a target can start at the earliest', () => {
    const text = shopWith(
      '    strategy: atOnce\n',
      '    strategy: atOnce\n    constraints: {afterDeployment: [{pause: {duration: 20, unit: minutes}}]}\n',
    );
    expect(planLines(planOf(text))).toContain('├─ starts after staging, 20 min in at the earliest');
  });

  it('says how much sooner a target starts at a first deployment', () => {
    const steps: Step[] = [
      { type: 'setWeight', weight: 10 },
      { type: 'pause', durationMs: 20 * 60_000 },
    ];
    const analysis = { ...ANALYSIS, intervalMs: 60_000, runs: 5 };
    const targets = [
      targetPlan('one', { afterDeployment: [analysis] }),
      targetPlan('two', { dependsOn: ['one'] }),
    ];
    const lines = planLines(plan(targets, { strategies: { allAtOnce: { steps } } }));
    expect(lines).toContain(
      '├─ starts after one, 25 min in at the earliest (5 min at a first deployment)',
    );
    expect(lines[1]).toMatch(/^Takes at least 45 min/);
    expect(lines[2]).toMatch(/it takes at least 5 min\.$/);
  });

  it('does not give all traffic twice where the new version is watched with it', () => {
    const pause: Step = { type: 'pause', durationMs: 60_000 };
    const drawn = (steps: Step[]) =>
      planLines(plan([targetPlan('prod')], { strategies: { allAtOnce: { steps } } })).slice(-3);
    const whole: Step = { type: 'setWeight', weight: 100 };
    expect(drawn([whole, pause])).toEqual(['   ├─ 100 %', '   ├─ pause 1 min', '   └─ promoted']);
    expect(drawn([pause, whole]).at(-1)).toBe('   └─ 100 %, promoted');
    expect(drawn([pause]).at(-1)).toBe('   └─ 100 %, promoted');
  });

  it('lists first what the others wait for', () => {
    const targets = [targetPlan('last', { dependsOn: ['first'] }), targetPlan('first')];
    const lines = planLines(plan(targets));
    expect(lines.filter((line) => line.includes(': account'))).toEqual([
      expect.stringMatching(/^first:/),
      expect.stringMatching(/^last:/),
    ]);
  });

  it('shows no character of the plan that a terminal would obey', () => {
    const hostile = 'a\u001b[31m\u202eb\n';
    const given = plan([targetPlan(hostile, { account: hostile, dependsOn: [hostile] })], {
      application: hostile,
      description: hostile,
    });
    expect(planLines(given).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
