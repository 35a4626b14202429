import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Receiver } from '../activities/webhooks/receiver.js';
import { answers } from './answering.js';
import { answerOf, problem } from './bench.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const NRQL = `SELECT count(*) FROM AwsLambdaInvocation WHERE name = 'o"rders\\'' SINCE 5 minutes ago`;
const ask = () =>
  answerOf({ type: 'newRelic', url: receiver.url, accountId: 1234567, apiKey: 'NRAK-KEY' }, NRQL);

const results = (...rows: unknown[]) => ({
  data: { actor: { account: { nrql: { results: rows } } } },
});
const failure = (message: string, errorClass?: string) => ({
  data: { actor: { account: { nrql: null } } },
  errors: [
    {
      message,
      path: ['actor', 'account', 'nrql'],
      locations: [{ line: 2, column: 42 }],
      ...(errorClass && { extensions: { errorClass } }),
    },
  ],
});

describe('a query to New Relic', () => {
  it('is a variable of a fixed GraphQL document, so that nothing of it can be GraphQL', async () => {
    answers(receiver, results({ count: 1000 }));
    expect(await ask()).toEqual({ value: 1000 });
    const [{ method, path, headers, body = '' } = {}] = receiver.received;
    expect([method, path, headers?.['api-key']]).toEqual(['POST', '/graphql', 'NRAK-KEY']);
    const { query, variables } = JSON.parse(body) as { query: string; variables: unknown };
    expect(query).not.toContain('AwsLambda');
    expect(variables).toEqual({ accountId: 1234567, nrql: NRQL, timeout: 25 });
  });

  it.each<[string, unknown, unknown]>([
    ['a percentile', results({ 'percentile.duration': { '95': 0.31 } }), { value: 0.31 }],
    [
      'one value with its times',
      results({ beginTimeSeconds: 1, endTimeSeconds: 2, 'average.duration': 7 }),
      { value: 7 },
    ],
    ['one group', results({ facet: 'orders', name: 'orders', count: 3 }), { value: 3 }],
    ['no rows', results(), problem('noData', 'New Relic has no data')],
    ['null', results({ 'average.duration': null }), problem('noData')],
    ['a null percentile', results({ 'percentile.duration': { '95': null } }), problem('noData')],
    [
      'several rows',
      results({ facet: 'a', count: 1 }, { facet: 'b', count: 2 }),
      problem('severalSeries', 'gives 2 series instead of one number: leave out FACET'),
    ],
    ['several values', results({ count: 1, 'max.duration': 2 }), problem('severalSeries', '2')],
    ['no number', results({ 'latest.name': 'x' }), problem('refused', 'a row without a number')],
    ['something else', { data: { actor: null } }, problem('unavailable', 'is not New Relic')],
  ])('that gives %s', async (_, body, expected) => {
    answers(receiver, body);
    expect(await ask()).toEqual(expected);
  });

  it.each<[string, number, unknown, unknown]>([
    [
      'a syntax error, with HTTP status 200',
      200,
      failure('NRQL Syntax Error: Error at line 1 position 8, unexpected FROM'),
      problem('refused', 'does not accept the query: NRQL Syntax Error: Error at line 1'),
    ],
    [
      'that it took too long, with HTTP status 200',
      200,
      failure('The query exceeded its time.', 'TIMEOUT'),
      problem('unavailable', 'cannot answer at the moment: The query exceeded its time'),
    ],
    ['a wrong key', 401, failure('Invalid key'), problem('refused', 'the credentials (401): Inv')],
    ['too many requests', 429, '', problem('unavailable', 'answers with 429')],
  ])('is told %s', async (_, status, body, expected) => {
    answers(receiver, body, status);
    expect(await ask()).toEqual(expected);
  });

  it('never tells its key', async () => {
    answers(receiver, failure('the key NRAK-KEY may not'));
    expect(await ask()).toEqual(problem('refused', 'the key *** may not'));
  });
});
