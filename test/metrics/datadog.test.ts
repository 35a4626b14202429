import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Receiver } from '../activities/webhooks/receiver.js';
import { answers } from './answering.js';
import { answerOf, problem } from './bench.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const QUERY = 'sum:aws.lambda.errors{functionname:orders,executedversion:7}.as_count()';
const ask = () =>
  answerOf(
    { type: 'datadog', url: receiver.url, apiKey: 'the-api-key', applicationKey: 'the-app-key' },
    QUERY,
  );

/** An answer with the shape of the documentation. */
const answer = (...pointlists: [number, number | null][][]) => ({
  status: 'ok',
  res_type: 'time_series',
  resp_version: 1,
  query: QUERY,
  from_date: 1777888800000,
  to_date: 1777889100000,
  message: '',
  group_by: [],
  series: pointlists.map((pointlist) => ({
    metric: 'aws.lambda.errors',
    display_name: 'aws.lambda.errors',
    unit: null,
    pointlist,
    start: 1777888800000,
    end: 1777889099999,
    interval: 60,
    length: pointlist.length,
    aggr: 'sum',
    scope: 'functionname:orders',
    tag_set: [],
    query_index: 0,
  })),
});

describe('a query to Datadog', () => {
  it('is asked for the look-back, with both keys', async () => {
    answers(receiver, answer([[1777888800000, 3]]));
    expect(await ask()).toEqual({ value: 3 });
    const [{ method, path = '', headers } = {}] = receiver.received;
    const url = new URL(path, receiver.url);
    expect([method, url.pathname]).toEqual(['GET', '/api/v1/query']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: '1777888800',
      to: '1777889100',
      query: QUERY,
    });
    expect(headers).toMatchObject({
      'dd-api-key': 'the-api-key',
      'dd-application-key': 'the-app-key',
    });
  });

  it.each<[string, unknown, unknown]>([
    [
      'the mean of all points that there are',
      answer([
        [0, 1],
        [1, null],
        [2, 4],
      ]),
      { value: 2.5 },
    ],
    ['no series', answer(), problem('noData', 'Datadog has no data')],
    ['no points', answer([]), problem('noData')],
    ['empty points only', answer([[0, null]]), problem('noData')],
    [
      'several series',
      answer([[0, 1]], [[0, 2]]),
      problem('severalSeries', 'gives 2 series instead of one number: leave out the "by {…}"'),
    ],
    [
      'an error without an HTTP status',
      { status: 'error', error: 'Rule "sum:" is invalid', series: [] },
      problem('refused', 'does not accept the query: Rule "sum:" is invalid'),
    ],
    ['points of another shape', answer([['x'] as never]), problem('unavailable', 'is not Datadog')],
    ['something else', [], problem('unavailable', 'is not Datadog')],
  ])('that gives %s', async (_, body, expected) => {
    answers(receiver, body);
    expect(await ask()).toEqual(expected);
  });

  it.each<[number, unknown, unknown]>([
    [400, { errors: ['Error parsing query'] }, problem('refused', '(400): Error parsing query')],
    [403, { errors: ['Forbidden'] }, problem('refused', 'the credentials (403): Forbidden')],
    [429, { errors: ['Too many requests'] }, problem('unavailable', '429: Too many requests')],
    [502, 'Bad gateway', problem('unavailable', 'answers with 502')],
  ])('is told %s', async (status, body, expected) => {
    answers(receiver, body, status);
    expect(await ask()).toEqual(expected);
  });

  it('never tells its keys', async () => {
    answers(receiver, { errors: ['the-api-key and the-app-key are unknown'] }, 403);
    expect(await ask()).toEqual(problem('refused', ': *** and *** are unknown'));
  });
});
