import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ASK_LIMITS } from '../../src/metrics/limits.js';
import { measured } from '../../src/metrics/provider.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { Receiver } from '../activities/webhooks/receiver.js';
import { answers } from './answering.js';
import { problem, providerOf, question } from './bench.js';
import { putErrors } from './cloudWatchEmulator.js';

beforeAll(() => {
  Object.assign(process.env, workerAwsEnvironment());
});

/** The errors of one version of a function, behind the alias live. */
const errorsOf = (version: string, more: object = {}) =>
  JSON.stringify([
    {
      Id: 'errors',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName: 'Errors',
          Dimensions: [
            { Name: 'FunctionName', Value: 'orders' },
            { Name: 'Resource', Value: 'orders:live' },
            { Name: 'ExecutedVersion', Value: version },
          ],
        },
        Stat: 'Sum',
        ...more,
      },
    },
  ]);

/** CloudWatch keeps values by the minute only for some days. */
const RECENT = recentWindow();

function recentWindow() {
  const from = Math.floor(Date.now() / 60_000 - 10) * 60_000;
  return { from: new Date(from), to: new Date(from + 300_000) };
}

const minute = (number: number): Date => new Date(RECENT.from.getTime() + number * 60_000);

describe('a query to CloudWatch', () => {
  const put = (place: Pick<AwsPlace, 'account' | 'region'>, version: string, values: number[]) =>
    putErrors(
      place,
      { FunctionName: 'orders', Resource: 'orders:live', ExecutedVersion: version },
      values.map((value, index) => [minute(index), value]),
    );

  async function ask(place: AwsPlace, text: string, settings = {}, access?: object) {
    const whom = place.access('orders');
    const provider = providerOf({ type: 'cloudWatch', ...settings }, undefined, {
      externalId: () => undefined,
      mayUse: () => true,
      ...access,
    });
    return measured(() => provider.ask(question(text, { access: whom, window: RECENT })));
  }

  it('tells the canary from the version that it replaces, with the role of the target', async () => {
    const place = await AwsPlace.make();
    await put(place, '7', [6, 0, 0, 2]);
    await put(place, '6', [1]);
    expect(await ask(place, errorsOf('7', { Period: 60 }))).toEqual({ value: 2 });
    expect(await ask(place, errorsOf('6', { Period: 60 }))).toEqual({ value: 1 });
    expect(await ask(place, errorsOf('5'))).toEqual(problem('noData', 'CloudWatch has no data'));
    expect(await place.assumedSessions()).toHaveLength(3);
  });

  it('is asked in the region and with the role of the settings, which no rule has to allow', async () => {
    const [target, monitoring] = [await AwsPlace.make(), await AwsPlace.make()];
    await put({ ...monitoring, region: 'eu-west-1' }, '7', [5]);
    const settings = { region: 'eu-west-1', roleArn: monitoring.deployRoleArn };
    const found = await ask(target, errorsOf('7'), settings, { mayUse: () => false });
    expect(found).toEqual({ value: 5 });
    expect(await target.assumedSessions()).toEqual([]);
  });

  it('never asks with a deploy role that the application may not use', async () => {
    const place = await AwsPlace.make();
    await expect(ask(place, errorsOf('7'), {}, { mayUse: () => false })).rejects.toMatchObject({
      type: 'roleNotAllowed',
      nonRetryable: true,
    });
    expect(await place.assumedSessions()).toEqual([]);
  });
});

/** CloudWatch speaks JSON; what it answers here has the shape of its API reference. */
describe('what CloudWatch answers', () => {
  let receiver: Receiver;
  let place: AwsPlace;
  beforeAll(async () => {
    place = await AwsPlace.make();
  });
  beforeEach(async () => {
    receiver = await Receiver.start();
    const env = { ...process.env, AWS_ENDPOINT_URL_CLOUDWATCH: receiver.url };
    jest.replaceProperty(process, 'env', env);
  });
  afterEach(async () => {
    await receiver.stop();
  });

  const ask = (text: string, changes = {}, limits = ASK_LIMITS) =>
    measured(() =>
      providerOf({ type: 'cloudWatch' }, limits).ask(
        question(text, { access: place.access('orders'), ...changes }),
      ),
    );
  const asked = () => receiver.received.map(({ body }) => JSON.parse(body) as Asked);
  const series = (Values: number[], more = {}) => ({
    Id: 'query',
    Label: 'Errors',
    Timestamps: Values.map((_, index) => minute(index).getTime() / 1000),
    Values,
    StatusCode: 'Complete',
    ...more,
  });

  interface Asked {
    MetricDataQueries: object[];
    StartTime: number;
    EndTime: number;
    NextToken?: string;
  }

  it('is one number for one expression, over the look-back in whole minutes', async () => {
    answers(receiver, { MetricDataResults: [series([0.5])] });
    const expression = `SELECT AVG(Errors) FROM "AWS/Lambda" WHERE ExecutedVersion = '7'`;
    expect(await ask(`\n${expression}\n`)).toEqual({ value: 0.5 });
    expect(asked()).toEqual([
      {
        MetricDataQueries: [{ Id: 'query', Expression: expression, Period: 360 }],
        StartTime: 1777888800,
        EndTime: 1777889100.5,
      },
    ]);
  });

  it('counts the values of all pages', async () => {
    const pages = [
      { MetricDataResults: [series([4, 0], { StatusCode: 'PartialData' })], NextToken: 'more' },
      { MetricDataResults: [], NextToken: 'yet-more' },
      { MetricDataResults: [series([2])] },
    ];
    receiver.answer = (_, response) => response.end(JSON.stringify(pages.shift()));
    expect(await ask('errors / invocations')).toEqual({ value: 2 });
    expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, 'more', 'yet-more']);
  });

  it('is the one series that is returned; periods are filled in where there must be one', async () => {
    answers(receiver, { MetricDataResults: [series([0.1], { Id: 'rate' })] });
    const metric = { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Stat: 'Sum' };
    const queries = [
      { Id: 'errors', MetricStat: metric, ReturnData: false },
      { Id: 'fine', MetricStat: { ...metric, Period: 60 }, ReturnData: false },
      { Id: 'all', Expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', ReturnData: false },
      { Id: 'rate', Expression: 'errors / all' },
    ];
    expect(await ask(JSON.stringify(queries))).toEqual({ value: 0.1 });
    expect(asked()[0]?.MetricDataQueries).toEqual([
      { ...queries[0], MetricStat: { ...metric, Period: 360 } },
      queries[1],
      { ...queries[2], Period: 360 },
      queries[3],
    ]);
  });

  it.each<[string, object, unknown]>([
    ['no series', { MetricDataResults: [] }, problem('noData')],
    ['no values', { MetricDataResults: [series([])] }, problem('noData', 'CloudWatch has no data')],
    [
      'a division of nothing by nothing',
      {
        MetricDataResults: [
          series([], { Messages: [{ Code: 'ArithmeticError', Value: 'Data points dropped' }] }),
        ],
      },
      problem('noData', 'no data for it: ArithmeticError: Data points dropped'),
    ],
    [
      'several series',
      { MetricDataResults: [series([1]), series([2])] },
      problem('severalSeries', 'gives 2 series instead of one number: leave out GROUP BY'),
    ],
    [
      'a part of the values',
      { MetricDataResults: [series([1], { StatusCode: 'PartialData' })] },
      problem('unavailable', 'a part of the values only'),
    ],
    [
      'a fault of its own',
      {
        MetricDataResults: [
          series([1], { StatusCode: 'InternalError', Messages: [{ Code: 'InternalError' }] }),
        ],
      },
      problem('unavailable', 'a part of the values only: InternalError'),
    ],
    [
      'a metric that may not be seen',
      { MetricDataResults: [series([], { StatusCode: 'Forbidden' })] },
      problem('refused', 'does not let the role see the metric'),
    ],
    [
      'that something was left out',
      { MetricDataResults: [series([1])], Messages: [{ Code: 'MaxMetricsExceeded', Value: 'x' }] },
      problem('refused', 'left something out of its answer: MaxMetricsExceeded: x'),
    ],
  ])('is told: %s', async (_, body, expected) => {
    answers(receiver, body);
    expect(await ask('errors')).toEqual(expected);
  });

  it.each<[string, number, string, string, unknown]>([
    ['a wrong query', 400, 'ValidationError', 'no such function.', problem('refused', ': no such')],
    [
      'a missing permission',
      400,
      'AccessDenied',
      'User is not authorized',
      problem('refused', 'role/Deploy: give it cloudwatch:GetMetricData'),
    ],
    ['throttling', 400, 'Throttling', 'Rate exceeded', problem('unavailable', 'Rate exceeded')],
    ['an outage', 503, 'ServiceUnavailable', 'x', problem('unavailable', '(ServiceUnavailable)')],
  ])('is told: %s', async (_, status, type, message, expected) => {
    answers(receiver, { __type: `com.amazonaws.cloudwatch#${type}`, message }, status);
    expect(await ask('errors')).toEqual(expected);
    expect(receiver.received).toHaveLength(1);
  });

  it('is not quoted when a secret was filled in', async () => {
    answers(receiver, { __type: 'ValidationException', message: 'what is hunter2' }, 400);
    expect(await ask('errors', { quotable: false })).toEqual({
      problem: 'refused',
      message: 'CloudWatch does not accept the query (ValidationException)',
    });
  });

  it('is not waited for endlessly', async () => {
    receiver.answer = () => undefined;
    expect(await ask('errors', {}, { totalMs: 200 })).toEqual(
      problem('unavailable', 'CloudWatch did not answer within 0.2 s'),
    );
  });

  it.each<[string, string]>([
    ['[{', 'it begins like a JSON list and is no valid JSON'],
    ['["a"]', 'it is not a JSON list of MetricDataQueries'],
    ['[{"Id": "a", "Expression": "b", "returnData": true}]', 'have no field "returnData"'],
    [
      '[{"Id": "a", "MetricStat": {"Metric": {"namespace": "x"}}}]',
      'have no field "namespace" (capital and small letters count)',
    ],
    ['[{"Id": "a", "Expression": "1"}, {"Id": "b", "Expression": "2"}]', '2 of its queries return'],
    ['[{"Id": "a", "Expression": "1", "ReturnData": false}]', '0 of its queries return data'],
  ])('nothing is asked: %s', async (text, expected) => {
    expect(await ask(text)).toEqual(problem('refused', expected));
    expect(receiver.received).toEqual([]);
  });
});
