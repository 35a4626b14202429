import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { answers } from '../metrics/answering.js';
import { Receiver } from '../activities/webhooks/receiver.js';
import { runHere } from './inProcess.js';
import { watched, type Watched } from './watched.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-analysis-'));
});
afterAll(() => rm(folder, { recursive: true }));

let prometheus: Receiver;
beforeEach(async () => {
  prometheus = await Receiver.start();
});
afterEach(() => prometheus.stop());

/** Lets Prometheus answer with some series, by their values. */
function gives(...values: string[]): void {
  const result = values.map((value) => ({ metric: {}, value: [0, value] }));
  answers(prometheus, { status: 'success', data: { resultType: 'vector', result } });
}

/** Neither Temporal nor AWS is there. */
async function attempt(given: Watched, args: readonly string[] = []) {
  const settings = join(folder, 'settings.yaml');
  const provider = { type: 'prometheus', url: prometheus.url };
  const from = [{ environment: { prefix: 'TRIAL_' } }];
  const metricProviders = { prometheus: provider, other: provider };
  await writeFile(settings, stringify({ metricProviders, secrets: { from } }));
  const { exitCode, stdout, stderr } = await runHere(
    ['analysis', 'try', '-f', '-', '--query', 'errors', ...args],
    {
      environment: {
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        SLUICE_SETTINGS: settings,
        TRIAL_TENANT: 'hunter2',
      },
      input: watched(given),
    },
  );
  expect(stdout + stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  return { exitCode, stdout, stderr };
}

const VERSION = ['--version', '7'];

describe('sluice analysis try', () => {
  it('asks as a deployment would, and shows what it asked and what came of it', async () => {
    gives('0.005');
    const { exitCode, stdout } = await attempt({}, VERSION);
    expect(stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')).toBe(`\
query      errors of orders at prod
provider   prometheus
look-back  <time> to <time> (2 min)
asked      sum(errors{function="orders",version="7"})
           / sum(invocations{team="ops"}[120s])
answer     0.005
limits     at most 0.01
verdict    passes
`);
    expect(exitCode).toBe(0);
    const { query } = Object.fromEntries(new URLSearchParams(prometheus.received[0]?.body));
    expect(query).toBe(
      'sum(errors{function="orders",version="7"})\n/ sum(invocations{team="ops"}[120s])',
    );
  });

  it('ends with 4 when the answer is outside the limits', async () => {
    gives('0.5');
    const { exitCode, stdout } = await attempt({}, VERSION);
    expect(stdout).toContain('answer     0.5\nlimits     at most 0.01\nverdict    fails\n');
    expect(exitCode).toBe(4);
  });

  it.each<[string | undefined, number, string]>([
    ['pass', 0, 'passes: no data counts as good (onNoData: pass)'],
    ['fail', 4, 'no answer: the step would fail (onNoData: fail)'],
    [undefined, 4, 'no answer: it would be asked again for a while, then the step would fail'],
  ])('says what no data means with onNoData %s', async (onNoData, code, verdict) => {
    gives();
    const { exitCode, stdout } = await attempt(
      { query: { ...(onNoData && { onNoData }) } },
      VERSION,
    );
    expect(stdout).toContain('answer     none (noData): Prometheus has no data for it\n');
    expect(stdout).toContain(`verdict    ${verdict}`);
    expect(exitCode).toBe(code);
  });

  it('ends with 4 when there is more than one number, whatever onNoData says', async () => {
    gives('0', '0');
    const { exitCode, stdout } = await attempt({ query: { onNoData: 'pass' } }, VERSION);
    expect(stdout).toContain('none (severalSeries): Prometheus gives 2 series');
    expect(stdout).toContain('verdict    no answer: the step would fail\n');
    expect(exitCode).toBe(4);
  });

  it('speaks JSON to scripts', async () => {
    gives('0.005');
    const args = [...VERSION, '--look-back', '90s', '-o', 'json', '--provider', 'other'];
    const { stdout } = await attempt({ query: { lowerLimit: 0 } }, args);
    const answer = JSON.parse(stdout) as { from: string; to: string };
    expect(answer).toMatchObject({
      schemaVersion: 1,
      type: 'triedQuery',
      query: 'errors',
      target: 'prod',
      function: 'orders',
      provider: 'other',
      asked: expect.stringContaining('[90s]'),
      value: 0.005,
      lowerLimit: 0,
      upperLimit: 0.01,
      onNoData: 'retry',
      verdict: 'passed',
    });
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(90_000);
  });

  it('asks with secrets, and shows none', async () => {
    gives('0');
    const query = { queryTemplate: 'errors{tenant="{{secrets.tenant}}"}' };
    const { stdout, stderr } = await attempt({ query });
    expect(prometheus.received[0]?.body).toContain('hunter2');
    expect(stdout).toContain('asked      errors{tenant="***"}\n');
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('sluice analysis try asks nothing and ends with 2', () => {
  afterEach(() => expect(prometheus.received).toEqual([]));

  it.each<[string, Watched, string[], string]>([
    [
      'when values are missing, and says which options give them',
      {},
      ['--weight', '25'],
      'The query errors uses armory.version, which has no value without a deployment. Add: --version <number>.',
    ],
    [
      'when the settings do not have the provider',
      {},
      [...VERSION, '--provider', 'grafana'],
      'They have: prometheus, other.',
    ],
    [
      'when the settings do not have the secret',
      { query: { queryTemplate: '{{secrets.none}}' } },
      [],
      'There is no secret none. It was looked for in: the environment (TRIAL_…).',
    ],
    ['when a time has no unit', {}, ['--look-back', '5'], 'such as 30s, 5m or 1h'],
    ['when a weight is none', {}, ['--weight', '101'], 'Write a number from 0 to 100.'],
  ])('%s', async (_, given, args, expected) => {
    const { exitCode, stdout, stderr } = await attempt(given, args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });

  it('when it is not said which query', async () => {
    const { exitCode, stderr } = await runHere(['analysis', 'try', '-f', 'x']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Required option '--query <name>' not specified.");
  });
});
