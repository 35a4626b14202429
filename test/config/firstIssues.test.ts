import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/config/index.js';
import { planSchema } from '../../src/config/plan/schema.js';
import { firstIssues } from '../../src/config/shape/firstIssues.js';
import { plan, targetPlan, WEBHOOK } from '../support/plans.js';

function problemsOf(value: unknown): string[] {
  const checked = checkPlan(value);
  return 'problems' in checked ? checked.problems : [];
}

const run = { type: 'runWebhook', webhook: 'w', context: {} } as const;

/** Plans with far more mistakes than anybody is told. */
const HOSTILE: [name: string, plan: unknown][] = [
  ['empty targets', { application: 'a', targets: Array.from({ length: 340_000 }, () => ({})) }],
  [
    'empty functions',
    plan([targetPlan('a', { functions: Array.from({ length: 340_000 }, () => ({})) as never[] })]),
  ],
  [
    'keys that nobody knows',
    { ...plan([]), ...Object.fromEntries(Array.from({ length: 80_000 }, (_, i) => [`k${i}`, 1])) },
  ],
  [
    'values that are no texts',
    plan([targetPlan('a')], {
      context: Object.fromEntries(
        Array.from({ length: 80_000 }, (_, i) => [`k${i}`, 1]),
      ) as unknown as Record<string, string>,
    }),
  ],
  [
    'a step with a list of nothing',
    plan([
      targetPlan('a', {
        afterDeployment: [{ type: 'analysis', queries: Array(300_000).fill({}) } as never],
      }),
    ]),
  ],
  [
    'roles without a name',
    plan([
      targetPlan('a', {
        beforeDeployment: [{ type: 'approval', requiresRoles: Array<string>(300_000).fill('') }],
      }),
    ]),
  ],
  ['a list that is none', { ...plan([]), targets: { ...Array(100_000).fill(1) } }],
  [
    'targets that nobody has',
    plan([targetPlan('a', { dependsOn: Array<string>(200_000).fill('b') })]),
  ],
  [
    'variables that nobody has',
    plan([targetPlan('a', { beforeDeployment: [run] })], {
      webhooks: { w: { ...WEBHOOK, bodyTemplate: '{{armory.x}}'.repeat(80_000) } },
    }),
  ],
  [
    'a key without end',
    plan([targetPlan('a')], {
      context: { ['k'.repeat(900_000)]: Array(10_000).fill(1) as unknown as string },
    }),
  ],
];

describe('a plan with very many mistakes', () => {
  it.each(HOSTILE)(
    'is told the first of them, and no more than can be read: %s',
    (_name, value) => {
      const problems = problemsOf(value);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(51);
      expect(problems.join('').length).toBeLessThan(51 * 600);
    },
  );

  it('is looked at no further than these', () => {
    const looked = new Set<string | symbol>();
    const targets = new Proxy(
      Array.from({ length: 100_000 }, () => ({})),
      { get: (list, key) => (looked.add(key), Reflect.get(list, key) as unknown) },
    );
    const issues = firstIssues(planSchema, { ...plan([]), targets }, 51);
    expect(issues).toHaveLength(51);
    expect(looked.size).toBeLessThan(1200);
  });

  it('is refused for its size before anything else is looked at', () => {
    const targets = Array.from({ length: 600_000 }, () => ({}));
    expect(problemsOf({ targets })).toEqual([
      expect.stringMatching(/^The plan of the deployment has 1800\d+ bytes/),
    ]);
  });

  it('is refused when it is nested more deeply than any stack is', () => {
    let nested: unknown = [];
    for (let depth = 0; depth < 200_000; depth++) nested = [nested];
    expect(problemsOf(nested)).toHaveLength(1);
  });
});

describe('the first issues of a large value', () => {
  const many = (one: unknown) => ({
    ...plan([]),
    targets: [...Array<unknown>(300).fill(targetPlan('a')), one],
  });

  it.each([
    ['a key that is missing', { ...targetPlan('b'), region: undefined }, 'targets.300.region'],
    ['a key that nobody knows', { ...targetPlan('b'), regoin: 'x' }, 'targets.300'],
    [
      'a step of no kind',
      targetPlan('b', { afterDeployment: [{ type: 'wait' } as never] }),
      'targets.300.afterDeployment.0.type',
    ],
    [
      'a list instead of a text',
      { ...targetPlan('b'), region: Array(2000).fill('x') },
      'targets.300.region',
    ],
    ['a text instead of a list', { ...targetPlan('b'), functions: 'all' }, 'targets.300.functions'],
  ])('say where it is: %s', (_name, target, path) => {
    const value = JSON.parse(JSON.stringify(many(target))) as unknown;
    expect(firstIssues(planSchema, value, 10).map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('are none when there is none', () => {
    expect(firstIssues(planSchema, many(targetPlan('b')), 10)).toEqual([]);
  });
});
