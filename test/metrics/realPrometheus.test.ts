import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MetricsEndpoint } from '../support/metricsEndpoint.js';
import { hasPrometheus, Prometheus, WITHOUT_PROMETHEUS } from '../support/prometheus.js';
import { measuredQuery, measureWith, PAST, problem, providerOf } from './bench.js';

const ODD = 'or"d\\ers';

(hasPrometheus ? describe : describe.skip)(`Prometheus itself${WITHOUT_PROMETHEUS}`, () => {
  let endpoint: MetricsEndpoint;
  let prometheus: Prometheus | undefined;
  beforeAll(async () => {
    endpoint = await MetricsEndpoint.start();
    const set = (name: string, version: string, value: number, of = 'orders'): void =>
      endpoint.set(`lambda_${name}_total`, { function: of, version }, value);
    set('invocations', '6', 200);
    set('errors', '6', 2);
    set('invocations', '7', 40);
    set('errors', '7', 10);
    set('invocations', '8', 0);
    set('errors', '8', 0);
    set('invocations', '1', 3, ODD);
    prometheus = await Prometheus.start([endpoint.address]);
    await prometheus.knows('lambda_invocations_total');
  });
  afterAll(async () => {
    await prometheus?.stop();
    await endpoint.stop();
  });

  async function ask(template: string, variables: Record<string, string> = {}) {
    const now = new Date();
    const provider = providerOf({ type: 'prometheus', url: prometheus?.url ?? '' });
    const [measurement] = await measureWith(provider, {
      variables: { functionName: 'orders', previousVersion: '6', ...variables },
      queries: [measuredQuery(template)],
      from: new Date(now.getTime() - 60_000).toISOString(),
      to: now.toISOString(),
      giveUpAt: PAST,
    });
    return measurement;
  }

  const errorRate = (version: string): string =>
    ['errors', 'invocations']
      .map(
        (name) => `lambda_${name}_total{function="{{armory.functionName}}",version="${version}"}`,
      )
      .map((series) => `sum(${series})`)
      .join(' / ');

  it.each<[string, string, unknown]>([
    ['the canary', errorRate('{{armory.version}}'), { value: 0.25 }],
    ['the version that it replaces', errorRate('{{armory.previousVersion}}'), { value: 0.01 }],
    [
      'how much worse the canary is',
      `(${errorRate('{{armory.version}}')}) / (${errorRate('{{armory.previousVersion}}')})`,
      { value: 25 },
    ],
    ['a scalar', 'scalar(sum(lambda_invocations_total{function="orders"}))', { value: 240 }],
    ['nothing by nothing', errorRate('8'), problem('noData', 'Prometheus gives NaN')],
    [
      'something by nothing',
      'sum(lambda_errors_total{version="7"}) / sum(lambda_errors_total{version="8"})',
      problem('infinite', 'Prometheus gives Infinity'),
    ],
    ['what there is not', 'lambda_errors_total{function="none"}', problem('noData')],
    [
      'several series',
      'lambda_errors_total{function="{{armory.functionName}}"}',
      problem('severalSeries', 'gives 3 series'),
    ],
    [
      'a range',
      'lambda_errors_total[{{armory.promQlStepInterval}}]',
      problem('refused', 'gives a matrix'),
    ],
    ['what is no expression', 'sum(', problem('refused', '(400): invalid parameter "query": 1:5:')],
  ])('is asked for %s', async (_, template, expected) => {
    expect(await ask(template, { version: '7' })).toEqual(expected);
  });

  it('finds a label whatever is in it', async () => {
    const template = 'lambda_invocations_total{function="{{armory.functionName}}"}';
    expect(await ask(template, { functionName: ODD })).toEqual({ value: 3 });
    const single = "lambda_invocations_total{function='{{armory.functionName}}'}";
    expect(await ask(single, { functionName: ODD })).toEqual({ value: 3 });
  });
});
