import { describe, expect, it } from '@jest/globals';
import { trialOf, type TrialOptions } from '../../src/cli/trial.js';
import { readDeployment } from '../../src/config/index.js';
import { watched, type Watched } from './watched.js';

const NOW = new Date('2026-05-04T10:05:00.000Z');

function trial(given: Watched, options: Partial<TrialOptions>, targets?: string[]) {
  const asked = { deploymentId: 'a-deployment', ...(targets && { targets }) };
  const { plan } = readDeployment(watched(given), asked);
  return trialOf(plan!, { query: 'errors', ...options }, NOW);
}

const SEVERAL = { targets: ['one', 'two'], functions: ['orders', 'stock'] };

describe('a query that is tried', () => {
  it('is what an analysis of the target would ask', () => {
    expect(trial({}, { version: '7', previousVersion: '6', weight: 25 })).toEqual({
      application: 'shop',
      deploymentId: 'a-deployment',
      target: 'prod',
      deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
      region: 'eu-west-1',
      context: { team: 'ops' },
      variables: {
        applicationName: 'shop',
        deploymentId: 'a-deployment',
        environmentName: 'prod',
        accountName: 'a',
        accountId: '111111111111',
        region: 'eu-west-1',
      },
      from: '2026-05-04T10:03:00.000Z',
      to: '2026-05-04T10:05:00.000Z',
      query: {
        query: 'errors',
        provider: 'prometheus',
        template: expect.stringContaining('armory.functionName'),
        onNoData: 'retry',
        function: 'orders',
        variables: { functionName: 'orders', version: '7', previousVersion: '6', weight: '25' },
      },
    });
  });

  it('is about the function, the target, the provider and the time that are chosen', () => {
    const options = { version: '7', function: 'stock', provider: 'other', lookBack: 1000 };
    expect(trial(SEVERAL, options, ['two'])).toMatchObject({
      target: 'two',
      from: '2026-05-04T10:04:59.000Z',
      query: { function: 'stock', provider: 'other', variables: { functionName: 'stock' } },
    });
  });

  it('needs no function when it tells none apart', () => {
    const query = { queryTemplate: 'sum(errors{region="{{armory.region}}"})' };
    expect(trial({ ...SEVERAL, targets: ['one'], query }, {}).query).not.toHaveProperty('function');
  });
});

describe('a query is not tried', () => {
  it.each<[string, Watched, Partial<TrialOptions>, string]>([
    [
      'when values are missing',
      {
        query: {
          queryTemplate: '{{armory.version}} {{armory.previousVersion}} {{armory.weight}}',
        },
      },
      { weight: 25 },
      'The query errors uses armory.version, armory.previousVersion, which have no values without a deployment. ' +
        'Add: --version <number> --previous-version <number>.',
    ],
    [
      'when the function has no alias',
      { query: { queryTemplate: '{{armory.aliasName}}' } },
      {},
      'The query uses armory.aliasName, and orders has no alias.',
    ],
    [
      'when a value is missing, by whichever name',
      { query: { queryTemplate: '{{sluice.version}} {{sluice.weight}}' } },
      { version: '7' },
      'The query errors uses sluice.weight, which has no value without a deployment. ' +
        'Add: --weight <percent>.',
    ],
    [
      'when no analysis runs it',
      {},
      { query: 'latency' },
      'No analysis at the target prod runs a query named latency. It runs: errors.',
    ],
    [
      'when the target is not clear',
      SEVERAL,
      { version: '7' },
      'The file has 2 targets. Choose one with --target: one, two.',
    ],
    [
      'when the function is not clear',
      { ...SEVERAL, targets: ['one'] },
      { version: '7' },
      'The query is about one function. Choose one with --function: orders, stock.',
    ],
    [
      'when there is no such function',
      {},
      { version: '7', function: 'stock' },
      'The target prod has no function named stock. It has: orders.',
    ],
  ])('%s', (_, given, options, message) => {
    expect(() => trial(given, options)).toThrow(
      expect.objectContaining({ code: 'invalidArguments', message }),
    );
  });
});
