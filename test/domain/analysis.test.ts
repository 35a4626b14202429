import { describe, expect, it } from '@jest/globals';
import { Judgement, queryText, worstOf, type Measurement } from '../../src/domain/analysis.js';

const asked = { query: 'errors', provider: 'prometheus' };
const value = (number: number): Measurement => ({ value: number });
const problem = (kind: Extract<Measurement, { problem: unknown }>['problem']): Measurement => ({
  problem: kind,
  message: `it is ${kind}`,
});

function judged(
  limits: { lowerLimit?: number; upperLimit?: number; onNoData?: 'fail' | 'pass' | 'retry' },
  ...answers: Measurement[]
): Judgement {
  const judgement = new Judgement(asked, { onNoData: 'retry', ...limits });
  for (const answer of answers) judgement.add(answer);
  return judgement;
}

describe('the judgement of a query', () => {
  it.each([
    ['an average at the upper limit', { upperLimit: 1 }, [1, 1], 'passed'],
    ['an average above it', { upperLimit: 1 }, [1, 1.01], 'failed'],
    ['an average at the lower limit', { lowerLimit: -1 }, [-1], 'passed'],
    ['an average below it', { lowerLimit: -1 }, [-1.5], 'failed'],
    ['an average between both', { lowerLimit: 0, upperLimit: 10 }, [-5, 15], 'passed'],
  ] as const)('of %s', (_, limits, numbers, verdict) => {
    expect(judged(limits, ...numbers.map(value)).verdict).toBe(verdict);
  });

  it.each(['noData', 'infinite', 'severalSeries', 'refused', 'unavailable'] as const)(
    'is inconclusive for good after one answer that is %s',
    (kind) => {
      const judgement = judged({ upperLimit: 1 }, value(0), problem(kind), value(0));
      expect(judgement.verdict).toBe('inconclusive');
      expect(queryText(judgement.report)).toBe(`errors: it is ${kind}`);
    },
  );

  it.each([
    ['noData', 'passed'],
    ['infinite', 'inconclusive'],
    ['severalSeries', 'inconclusive'],
    ['refused', 'inconclusive'],
    ['unavailable', 'inconclusive'],
  ] as const)('with onNoData: pass, of an answer that is %s, is %s', (kind, verdict) => {
    const judgement = judged({ upperLimit: 1, onNoData: 'pass' }, problem(kind));
    expect(judgement.verdict).toBe(verdict);
  });

  it('keeps a reason as it is, in one line: it is made fit where it is shown', () => {
    const message = 'it says <img src=x> [x](javascript:y)\n# not within';
    const judgement = judged({ upperLimit: 1 }, { problem: 'refused', message });
    expect(judgement.report.problem).toBe('it says <img src=x> [x](javascript:y) # not within');
  });

  it('keeps the last ten values, and the average of all', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    const { values, average } = judged({ upperLimit: 100 }, ...numbers.map(value)).report;
    expect(values).toEqual(numbers.slice(20));
    expect(average).toBe(14.5);
  });

  it('is told in a line', () => {
    const limits = { lowerLimit: 0, upperLimit: 0.5, onNoData: 'pass' } as const;
    const judgement = judged(limits, value(1 / 3), problem('noData'));
    expect(queryText(judgement.report)).toBe(
      'errors: 0.3333 on average, within the limits 0 and 0.5, once without data',
    );
  });
});

describe('several verdicts', () => {
  it.each([
    [['passed', 'passed'], 'passed'],
    [['passed', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'failed'], 'failed'],
  ] as const)('together: %s', (verdicts, verdict) => {
    expect(worstOf(verdicts)).toBe(verdict);
  });
});
