import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Measurement } from '../../src/domain/analysis.js';
import type { AnalysisStep, Plan, Query, Step } from '../../src/domain/plan.js';
import { aliasOf, during, functions, type Parts } from '../support/canary.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { ANALYSIS, functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const GATE = 'prod/steps/2';
const NO_DATA: Measurement = { problem: 'noData', message: 'there is no data' };
const value = (number: number): Measurement => ({ value: number });

interface Given {
  step?: Partial<AnalysisStep>;
  query?: Partial<Query>;
  /** What the runs answer, one after the other. */
  answers: Measurement[];
  act?: (parts: Parts) => Promise<unknown>;
}

/** An analysis at a quarter of the traffic, with a limit of at most 1. */
async function analysed({ step, query, answers, act = () => Promise.resolve() }: Given) {
  const errors: Query = { template: 'errors', upperLimit: 1, onNoData: 'retry', ...query };
  const steps: Step[] = [
    { type: 'setWeight', weight: 25 },
    { ...ANALYSIS, intervalMs: 20, runs: answers.length, ...step },
  ];
  const prepare = ({ outside }: Parts['lambda']): void => {
    outside.answer = (_, run) => answers[run - 1] ?? NO_DATA;
  };
  return during(temporal, steps, act, undefined, { prepare, queries: { errors } });
}

describe('an analysis', () => {
  it.concurrent(
    'goes on when the average is within its limits, although a single run is not',
    async () => {
      const { outcome, lambda } = await analysed({ answers: [value(2.5), value(0), value(0.2)] });
      expect(outcome).toMatchObject({
        status: 'deployed',
        analyses: [
          {
            gate: GATE,
            run: 3,
            of: 3,
            verdict: 'passed',
            queries: [{ query: 'errors', average: 0.9, values: [2.5, 0, 0.2], upperLimit: 1 }],
          },
        ],
      });
      expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
    },
  );

  it.concurrent('rolls back when the average is not, and says by how much', async () => {
    const { outcome, lambda } = await analysed({ answers: [value(0.5), value(2.5)] });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'analysisFailed',
        message:
          'The analysis at prod/steps/2 failed: errors: 1.5 on average, not within the limit of at most 1.',
      },
      analyses: [{ verdict: 'failed', queries: [{ average: 1.5 }] }],
    });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
  });

  it.concurrent('ends with the first run outside the limits where the file says so', async () => {
    const step = { abortOnFailedJudgment: true };
    const { outcome, lambda } = await analysed({ step, answers: [value(2), value(0), value(0)] });
    expect(outcome.status).toBe('rolledBack');
    expect(lambda.outside.measured).toHaveLength(1);
  });

  it.concurrent(
    'never promotes because of a run without an answer, whatever the others say',
    async () => {
      const { outcome, lambda } = await analysed({ answers: [value(0), NO_DATA, value(0)] });
      expect(outcome).toMatchObject({
        status: 'rolledBack',
        failure: {
          message: 'The analysis at prod/steps/2 is inconclusive: errors: there is no data.',
        },
        analyses: [{ verdict: 'inconclusive', run: 2 }],
      });
      expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
    },
  );

  it.concurrent('takes no data for good where the file says so', async () => {
    const query = { onNoData: 'pass' } as const;
    const { outcome } = await analysed({ query, answers: [NO_DATA, value(0.5), NO_DATA] });
    expect(outcome).toMatchObject({
      status: 'deployed',
      analyses: [{ queries: [{ withoutData: 2, average: 0.5 }] }],
    });
  });
});

describe('the look-back of an analysis', () => {
  const spans = ({ lambda }: Awaited<ReturnType<typeof analysed>>): number[] =>
    lambda.outside.measured.map(({ from, to }) => Date.parse(to) - Date.parse(from));

  it.concurrent('is one interval when it slides', async () => {
    const step = { intervalMs: 200, lookbackMethod: 'sliding' } as const;
    expect(spans(await analysed({ step, answers: [value(0), value(0)] }))).toEqual([200, 200]);
  });

  it.concurrent('reaches back to the start of the step when it grows', async () => {
    const step = { intervalMs: 200 };
    const [first = 0, second = 0] = spans(await analysed({ step, answers: [value(0), value(0)] }));
    expect(first).toBeGreaterThanOrEqual(200);
    expect(second).toBeGreaterThan(first);
  });
});

describe('an analysis about which a person decides', () => {
  const bad: Given = { step: { rollBackMode: 'manual' }, answers: [value(3)] };

  it.concurrent('shows the numbers, and rolls back when the person says no', async () => {
    const act = async ({ target }: Parts) => {
      const [gate] = await untilOpen(target(), GATE);
      expect(gate).toMatchObject({
        kind: 'approval',
        about: expect.stringContaining('errors: 3 on average, not within the limit of at most 1'),
      });
      await target().signal('reject', { by: 'alice' });
    };
    const { outcome } = await analysed({ ...bad, act });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'approvalRejected' },
      analyses: [{ verdict: 'failed' }],
    });
  });

  it.concurrent('goes on with bad numbers when the person takes it upon themselves', async () => {
    const act = async ({ target }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('approve', { by: 'alice', comment: 'known' });
    };
    const { outcome } = await analysed({ ...bad, act });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ by: 'alice' }] });
  });

  it.concurrent('waits with good numbers, too, where the file says so', async () => {
    const act = async ({ target }: Parts) => {
      await untilOpen(target(), GATE);
      await target().signal('approve');
    };
    const step = { rollForwardMode: 'manual' } as const;
    expect((await analysed({ step, answers: [value(0)], act })).outcome.status).toBe('deployed');
  });
});

describe('an analysis that is under way', () => {
  it.concurrent('tells its numbers', async () => {
    const act = async ({ target }: Parts) => {
      const { analyses } = await untilProgress(target(), (progress) =>
        progress.analyses.some(({ run }) => run > 0),
      );
      expect(analyses).toMatchObject([
        { gate: GATE, of: 100, queries: [{ values: expect.arrayContaining([0.5]) }] },
      ]);
      await target().signal('rollback');
    };
    const answers = Array.from({ length: 100 }, () => value(0.5));
    expect((await analysed({ answers, act })).outcome.status).toBe('rolledBack');
  });
});

describe('a query that speaks of a function', () => {
  it.concurrent(
    'is asked once for each function of the target, and every one has to pass',
    async () => {
      const both = [...functions, functionPlan('h')];
      const target = targetPlan('prod', { functions: both, strategy: 'canary' });
      const template = 'errors{function="{{armory.functionName}}", version="{{armory.version}}"}';
      const changes: Partial<Plan> = {
        queries: { errors: { template, upperLimit: 1, onNoData: 'retry' } },
      };
      const prepare = ({ outside }: Parts['lambda']): void => {
        outside.answer = (query) => value(query.function === 'h' ? 5 : 0);
      };
      const steps: Step[] = [
        { type: 'setWeight', weight: 25 },
        { ...ANALYSIS, intervalMs: 20 },
      ];
      const nothing = (): Promise<void> => Promise.resolve();
      const { outcome, lambda } = await during(temporal, steps, nothing, [target], {
        prepare,
        ...changes,
      });
      expect(lambda.outside.measured[0]?.queries).toMatchObject([
        { function: 'f', variables: { functionName: 'f', version: '2', previousVersion: '1' } },
        { function: 'h', variables: { functionName: 'h', version: '2' } },
      ]);
      expect(outcome).toMatchObject({
        status: 'rolledBack',
        failure: { message: expect.stringContaining('errors of h: 5 on average') },
      });
    },
  );
});
