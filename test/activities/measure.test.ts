import { describe, expect, it } from '@jest/globals';
import type { MeasuredQuery, MeasureInput } from '../../src/activities/deciding.js';
import { everywhere } from '../../src/domain/filling.js';
import { NoNumber, type Provider, type Question } from '../../src/metrics/provider.js';
import type { MeasuringProblem } from '../../src/domain/analysis.js';
import { measuredQuery as query, measureWith, PAST, WINDOW } from '../metrics/bench.js';

/** What a query's text means to the provider of these tests. */
async function answerTo(text: string): Promise<number> {
  await Promise.resolve();
  if (/^[\d.]+$/.test(text)) return Number(text);
  throw new NoNumber(text as MeasuringProblem, `it is ${text}`);
}

function measuring(
  changes: Partial<MeasureInput>,
  { attempt = 1, provider = {}, mayAsk = (): boolean => true } = {},
) {
  const asked: Question[] = [];
  const one: Provider = {
    encoder: () => everywhere((value) => `<${value}>`),
    ask: (given) => {
      asked.push(given);
      return answerTo(given.query);
    },
    ...provider,
  };
  return { asked, result: measureWith(one, changes, attempt, mayAsk) };
}

describe('measuring', () => {
  it('asks each query, with its variables filled in, and answers in their order', async () => {
    const template =
      '{{armory.version}} {{armory.functionName}} {{context.team}} {{armory.promQlStepInterval}} {{secrets.token}}';
    const { asked, result } = measuring({
      queries: [query('1.5'), query(template, { variables: { functionName: 'f', version: '8' } })],
      giveUpAt: PAST,
    });
    expect(await result).toMatchObject([{ value: 1.5 }, { message: /^it is <8> <f>/ }]);
    expect(asked[1]).toMatchObject({
      query: '<8> <f> <ops> <301s> <s3cr3t/tok"en>',
      window: WINDOW,
      access: { application: 'shop', target: 'prod' },
      quotable: false,
    });
    expect(asked[0]).toMatchObject({ quotable: true });
  });

  it.each<[string, MeasuredQuery]>([
    ['does not answer', query('unavailable', { onNoData: 'fail' })],
    ['has no data, and the file says retry', query('noData')],
  ])('asks again later what %s, without holding a slot', async (_, open) => {
    const { result } = measuring({ queries: [query('1'), open] });
    await expect(result).rejects.toMatchObject({
      type: 'analysisFailed',
      nonRetryable: false,
      nextRetryDelay: 1000,
      message: expect.stringMatching(/^The query errors has no answer yet: it is .* until 20/),
    });
  });

  it.each([
    [2, 2000],
    [4, 8000],
    [5, 15_000],
    [1000, 15_000],
  ])('waits longer each time: after attempt %i for %i ms', async (attempt, nextRetryDelay) => {
    const { result } = measuring({ queries: [query('noData')] }, { attempt });
    await expect(result).rejects.toMatchObject({ nextRetryDelay });
  });

  it('waits no longer than it is worth asking', async () => {
    const giveUpAt = new Date(Date.now() + 5000).toISOString();
    const { result } = measuring({ queries: [query('noData')], giveUpAt }, { attempt: 9 });
    const failure = (await result.catch((error: unknown) => error)) as { nextRetryDelay: number };
    expect(failure.nextRetryDelay).toBeGreaterThan(0);
    expect(failure.nextRetryDelay).toBeLessThanOrEqual(5000);
  });

  it('answers with what it has when the time is over', async () => {
    const queries = [query('1'), query('noData'), query('unavailable')];
    expect(await measuring({ queries, giveUpAt: PAST }).result).toEqual([
      { value: 1 },
      { problem: 'noData', message: 'it is noData' },
      { problem: 'unavailable', message: 'it is unavailable' },
    ]);
  });

  it.each<[string, MeasuredQuery]>([
    ['is infinite', query('infinite')],
    ['is several series', query('severalSeries')],
    ['is refused', query('refused')],
    ['has no data, and the file says fail', query('noData', { onNoData: 'fail' })],
  ])('answers at once when one %s, because the step fails anyway', async (_, lost) => {
    const { result } = measuring({ queries: [query('unavailable'), lost] });
    expect(await result).toHaveLength(2);
  });

  it('answers at once that there is no data where that is good', async () => {
    const { result } = measuring({ queries: [query('noData', { onNoData: 'pass' })] });
    expect(await result).toEqual([{ problem: 'noData', message: 'it is noData' }]);
  });

  it('takes a value that cannot stand where it should for a refusal', async () => {
    const encoder = () =>
      everywhere(() => {
        throw new NoNumber('refused', 'it cannot stand there');
      });
    const queries = [query('1'), query('{{context.team}}')];
    const { result } = measuring({ queries }, { provider: { encoder } });
    expect(await result).toEqual([
      { value: 1 },
      { problem: 'refused', message: 'it cannot stand there' },
    ]);
  });

  it.each<[string, MeasuredQuery, object]>([
    [
      'a provider that the settings do not have',
      query('1', { provider: 'grafana' }),
      { message: expect.stringMatching(/^The query errors asks .* grafana.* They have: one\.$/) },
    ],
    [
      'a variable without a value',
      query('{{armory.functionName}}'),
      { message: expect.stringMatching(/^armory\.functionName, which the query errors uses,/) },
    ],
    ['a secret that is missing', query('{{secrets.none}}'), { type: 'secretNotFound' }],
  ])('asks nothing with %s, and does not try again', async (_, wrong, expected) => {
    const { asked, result } = measuring({ queries: [query('1'), wrong] });
    await expect(result).rejects.toMatchObject({
      type: 'analysisFailed',
      nonRetryable: true,
      ...expected,
    });
    expect(asked).toEqual([]);
  });

  it('asks nothing of a provider that is there for other applications', async () => {
    const { asked, result } = measuring({ queries: [query('1')] }, { mayAsk: () => false });
    await expect(result).rejects.toMatchObject({
      type: 'analysisFailed',
      nonRetryable: true,
      message: expect.stringContaining('do not have for shop. They have none.'),
    });
    expect(asked).toEqual([]);
  });

  it('has at most twenty queries under way', async () => {
    let [underWay, most] = [0, 0];
    const ask = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return 0;
    };
    const queries = Array.from({ length: 50 }, () => query('1'));
    expect(await measuring({ queries }, { provider: { ask } }).result).toHaveLength(50);
    expect(most).toBe(20);
  });
});
