import fc from 'fast-check';
import type {
  AfterStep,
  BeforeStep,
  FunctionPlan,
  FunctionSettings,
  Plan,
  Step,
  TargetPlan,
} from '../../../src/domain/plan.js';
import { deployment } from '../../support/deployments.js';
import { EMPTY } from '../../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../../support/plans.js';

const DAY = 24 * 60 * 60_000;

/** What is retried for ever ends with this timeout. */
export const SHORT_MS = 5000;

/** A name may look like the id of a gate. */
const NAMES = ['a', 'eu west', 'c/steps/1', 'd'] as const;

/** Two targets may release this one, each for an alias of its own. */
export const SHARED = 'shared';

const pause: fc.Arbitrary<BeforeStep> = fc.record({
  type: fc.constant('pause'),
  durationMs: fc.constantFrom(1, 300, 1500, 365 * DAY),
});

const approval: fc.Arbitrary<BeforeStep> = fc.record(
  {
    type: fc.constant('approval'),
    expiresAfterMs: fc.constantFrom(300, 2000, DAY),
    requiresRoles: fc.constantFrom<string[][]>(['sre'], ['lead', 'sre']),
  },
  { requiredKeys: ['type'] },
);

const runWebhook: fc.Arbitrary<BeforeStep> = fc.record({
  type: fc.constant('runWebhook'),
  webhook: fc.constantFrom('tests', 'asks'),
  context: fc.constant({}),
});

const analysis: fc.Arbitrary<AfterStep> = fc.constant({
  type: 'analysis',
  intervalMs: 300,
  runs: 3,
  queries: [{ query: 'errors', provider: 'metrics' }],
  rollBackMode: 'automatic',
  rollForwardMode: 'automatic',
  lookbackMethod: 'growing',
  abortOnFailedJudgment: false,
  context: {},
});

const setWeight: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('setWeight'),
  weight: fc.constantFrom(0, 10, 25, 50, 100),
});

const beforeStep = fc.oneof(pause, approval, runWebhook);
const afterStep = fc.oneof(beforeStep, analysis);
const strategy = fc.array(
  fc.oneof({ weight: 3, arbitrary: setWeight }, { weight: 4, arbitrary: afterStep }),
  { maxLength: 5 },
);

/** Seldom anything, so that most runs get to the strategy. */
const some = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Item[]>([]) },
    { weight: 2, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
  );

const OTHER_ROLE = 'arn:aws:iam::111111111111:role/Other';

const changes: fc.Arbitrary<Partial<FunctionSettings>> = fc.record(
  {
    memorySize: fc.constantFrom(128, 256),
    timeout: fc.constantFrom(3, 20),
    environment: fc.constantFrom({}, { LEVEL: 'debug' }),
    architectures: fc.constantFrom(['x86_64'], ['arm64']),
    role: fc.integer({ min: 1, max: 12 }).map((dice) => (dice === 1 ? OTHER_ROLE : EMPTY.role)),
  },
  { requiredKeys: [] },
);

function functionNamed(name: string, alias: fc.Arbitrary<string | undefined>) {
  return fc.record({ change: changes, alias }).map(({ change, alias: given }): FunctionPlan => {
    const { settings, ...rest } = functionPlan(name);
    const wanted = { ...settings, ...change };
    return { ...rest, settings: wanted, ...(given !== undefined && { alias: given }) };
  });
}

const aliasOrNone = fc.constantFrom('live', 'live', undefined);

function functionsOf(target: string): fc.Arbitrary<FunctionPlan[]> {
  const own = fc
    .integer({ min: 1, max: 3 })
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, index) =>
          functionNamed(`${target}-${index + 1}`, aliasOrNone),
        ),
      ),
    );
  // Its settings are the same for all who release it, or the last one would undo the first.
  const shared = fc.constant(functionPlan(SHARED, { alias: target }));
  return fc
    .tuple(own, fc.option(shared, { freq: 3 }))
    .map(([mine, ours]) => (ours === null ? mine : [...mine, ours]));
}

function targetNamed(name: string, index: number): fc.Arbitrary<TargetPlan> {
  return fc
    .record({
      dependsOn: fc.oneof(
        { weight: 2, arbitrary: fc.constant<string[]>([]) },
        fc.subarray(NAMES.slice(0, index)),
      ),
      beforeDeployment: some(beforeStep),
      afterDeployment: some(afterStep),
      functions: functionsOf(name),
      strategy: fc.constantFrom('one', 'other'),
    })
    .map((parts) => targetPlan(name, parts));
}

/** Plans of one to four targets, in any order. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    targets: fc
      .integer({ min: 1, max: NAMES.length })
      .chain((count) => fc.tuple(...NAMES.slice(0, count).map(targetNamed)))
      .chain((targets) => fc.shuffledSubarray(targets, { minLength: targets.length })),
    one: strategy,
    other: strategy,
    timeoutMs: fc.constantFrom(SHORT_MS, 60_000, 60_000, 60_000, 60_000),
  })
  .map(({ targets, one, other, timeoutMs }) => ({
    ...deployment(...targets),
    timeoutMs,
    strategies: { one: { steps: one }, other: { steps: other } },
  }));
