import { describe, expect, it } from '@jest/globals';
import type { RecordedRequest } from '../../dev/stack/emulator.js';
import { evaluate, NotUnderstood } from '../../dev/stack/metrics/evaluate.js';
import { Invocations } from '../../dev/stack/metrics/invocations.js';

const NOW = 1_800_000_000_000;

function invocation(secondsAgo: number, version: string, failed = false): RecordedRequest {
  return {
    seq: 1,
    at: NOW - secondsAgo * 1000,
    service: 'lambda',
    operation: 'Invoke',
    mutation: false,
    account: '111111111111',
    region: 'us-east-1',
    resource: 'checkout',
    qualifier: 'live',
    parameters: {},
    status: 200,
    error: null,
    invocation: { version, failed, ms: version === '1' ? 10 : 30 },
  };
}

/** Version 1 has answered four times in the last minute, version 2 twice, once with an error. */
const recorded = [
  invocation(90, '1'),
  ...[50, 40, 30, 20].map((ago) => invocation(ago, '1')),
  invocation(15, '2', true),
  invocation(10, '2'),
];

function ask(query: string) {
  const requests = (since: number) =>
    Promise.resolve({ next: recorded.length, requests: since === 0 ? recorded : [] });
  const invocations = new Invocations({ requests });
  return evaluate(query, NOW, (metric) => invocations.series(metric));
}

const valuesOf = async (query: string) => {
  const value = await ask(query);
  return typeof value === 'number' ? value : value.map((sample) => sample.value);
};

describe('the metrics of the local stack', () => {
  it.each([
    ['sum(increase(lambda_invocations_total{function="checkout"}[60s]))', [6]],
    ['sum(increase(lambda_invocations_total{version="1"}[1m]))', [4]],
    [
      'sum(rate(lambda_errors_total{version="2"}[60s])) / sum(rate(lambda_invocations_total{version="2"}[60s]))',
      [0.5],
    ],
    ['sum by (version) (increase(lambda_errors_total[60s]))', [0, 1]],
    ['avg(lambda_duration_milliseconds{version!="2"})', [10]],
    ['sum(lambda_unknown) or vector(0.001)', [0.001]],
    ['sum(increase(lambda_errors_total[60s])) > 3', []],
    ['2 * (3 + 1)', 8],
  ])('answer %s', async (query, values) => {
    expect(await valuesOf(query)).toEqual(values);
  });

  it.each(['histogram_quantile(0.9, x)', 'rate(x)', 'sum(', 'x{a=~"b"}', ''])(
    'say of %j that they do not understand it',
    async (query) => {
      await expect(ask(query)).rejects.toThrow(NotUnderstood);
    },
  );
});
