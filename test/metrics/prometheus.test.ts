import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Receiver } from '../activities/webhooks/receiver.js';
import { answers } from './answering.js';
import { answerOf, problem } from './bench.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const ask = (authorization?: string, changes = {}) =>
  answerOf(
    { type: 'prometheus', url: receiver.url, ...(authorization && { authorization }) },
    'sum(errors)',
    changes,
  );
const success = (resultType: string, result: unknown[]) => ({
  status: 'success',
  data: { resultType, result },
});
const series = (value: string) => ({ metric: { job: 'a' }, value: [1777888999.5, value] });

describe('a query to Prometheus', () => {
  it('is asked at the end of the look-back, with the credentials of the settings', async () => {
    answers(receiver, success('vector', [series('0.25')]));
    expect(await ask('Bearer t0ken')).toEqual({ value: 0.25 });
    const [{ method, path, headers, body = '' } = {}] = receiver.received;
    expect([method, path, headers?.['authorization']]).toEqual([
      'POST',
      '/api/v1/query',
      'Bearer t0ken',
    ]);
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      query: 'sum(errors)',
      time: '1777889100.5',
      timeout: '25s',
    });
  });

  it.each<[string, unknown, unknown]>([
    ['a scalar', success('scalar', [1777889100, '42']), { value: 42 }],
    ['one series', success('vector', [series('-1.5e-05')]), { value: -0.000015 }],
    ['no series', success('vector', []), problem('noData', 'Prometheus has no data for it')],
    ['NaN', success('vector', [series('NaN')]), problem('noData', 'NaN')],
    ['+Inf', success('vector', [series('+Inf')]), problem('infinite', 'Infinity')],
    ['-Inf', success('scalar', [0, '-Inf']), problem('infinite', '-Infinity')],
    [
      'several series',
      success('vector', [series('1'), series('2'), series('3')]),
      problem('severalSeries', 'gives 3 series instead of one number: put sum(…)'),
    ],
    ['a matrix', success('matrix', []), problem('refused', 'gives a matrix instead')],
    ['a string', success('string', [0, 'x']), problem('refused', 'gives a string instead')],
    [
      'a histogram',
      success('vector', [{ metric: {}, histogram: [0, { count: '1' }] }]),
      problem('refused', 'histogram_quantile'),
    ],
    ['something else', { hello: 'world' }, problem('unavailable', 'what answers is not Prom')],
    ['a number that is none', success('scalar', [0, '']), problem('unavailable', 'is not Prom')],
    ['no JSON', '<html>Sign in</html>', problem('unavailable', 'check the address')],
  ])('that gives %s', async (_, body, expected) => {
    answers(receiver, body);
    expect(await ask()).toEqual(expected);
  });

  it.each<[string, number, unknown, unknown]>([
    [
      'an expression that is wrong',
      400,
      { status: 'error', errorType: 'bad_data', error: 'parse error: unexpected end of input' },
      problem('refused', 'does not accept the query (400): parse error: unexpected end of input'),
    ],
    [
      'an expression that cannot be executed',
      422,
      { status: 'error', errorType: 'execution', error: 'many-to-many matching not allowed.' },
      problem('refused', '(422): many-to-many matching not allowed'),
    ],
    [
      'an error without an HTTP status',
      200,
      { status: 'error', errorType: 'bad_data', error: 'no' },
      problem('refused', 'does not accept the query: no'),
    ],
    [
      'credentials that are wrong',
      401,
      'Unauthorized',
      problem('refused', 'the credentials (401)'),
    ],
    [
      'a query that takes too long',
      503,
      { status: 'error', errorType: 'timeout', error: 'query timed out' },
      problem('unavailable', 'answers with 503: query timed out'),
    ],
    ['too many queries', 429, '', problem('unavailable', 'answers with 429')],
    ['a fault of its own', 500, '<html></html>', problem('unavailable', 'answers with 500')],
  ])('is told %s', async (_, status, body, expected) => {
    answers(receiver, body, status);
    expect(await ask()).toEqual(expected);
  });

  it.each([
    ['Bearer t0ken/secret', 't0ken/secret'],
    [`Basic ${Buffer.from('me:pass:word').toString('base64')}`, 'pass:word'],
  ])('never tells its credentials: %s', async (authorization, secret) => {
    const error = `${'x'.repeat(190)} you sent ${authorization} with ${secret}`;
    answers(receiver, { status: 'error', error }, 400);
    const text = JSON.stringify(await ask(authorization));
    expect(text).toContain('you sent');
    expect(text).not.toMatch(/t0ken|pass|bWU6/);
  });

  it('is not quoted when a secret was filled in', async () => {
    answers(receiver, { status: 'error', error: 'parse error in hunter2' }, 400);
    expect(await ask(undefined, { quotable: false })).toEqual({
      problem: 'refused',
      message: 'Prometheus does not accept the query (400)',
    });
  });
});
