import { describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../src/config/index.js';
import { DEPLOYMENT_ID, NOW, planOf, SHOP, shopWith } from './support.js';

describe('what a file means', () => {
  it('is a plan with every shorthand written out', () => {
    expect(planOf(SHOP)).toEqual({
      schemaVersion: 1,
      deploymentId: DEPLOYMENT_ID,
      application: 'Shop',
      description: 'Everything the shop runs',
      context: {
        team: 'checkout',
        percentile: 'p90',
        channel: 'releases',
      },
      timeoutMs: 45 * 60_000,
      ifDeploymentInProgress: 'enqueueOne',
      targets: [
        {
          name: 'staging',
          account: 'shop-staging',
          deployRoleArn: 'arn:aws:iam::222222222222:role/Deploy',
          region: 'eu-west-1',
          strategy: 'atOnce',
          dependsOn: [],
          beforeDeployment: [],
          afterDeployment: [],
          functions: [
            {
              name: 'orders-staging',
              package: {
                bucket: 'shop-packages-eu',
                key: 'orders.zip',
              },
              settings: {
                role: 'arn:aws:iam::222222222222:role/Run',
                handler: 'index.handler',
                runtime: 'nodejs24.x',
              },
            },
          ],
        },
        {
          name: 'production',
          account: 'shop-production',
          deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
          region: 'us-east-1',
          strategy: 'gradual',
          dependsOn: ['staging'],
          beforeDeployment: [
            {
              type: 'approval',
              expiresAfterMs: 24 * 60 * 60_000,
              requiresRoles: ['release-managers'],
            },
            {
              type: 'runWebhook',
              webhook: 'notify',
              context: {
                channel: 'releases',
                room: 'war',
              },
            },
          ],
          afterDeployment: [
            {
              type: 'runWebhook',
              webhook: 'tests',
              context: {},
            },
            {
              type: 'analysis',
              intervalMs: 30000,
              runs: 2,
              queries: [
                {
                  query: 'latency',
                  provider: 'cloudwatch',
                },
              ],
              rollBackMode: 'automatic',
              rollForwardMode: 'automatic',
              lookbackMethod: 'growing',
              abortOnFailedJudgment: false,
              context: {},
            },
          ],
          functions: [
            {
              name: 'orders',
              package: {
                bucket: 'shop-packages',
                key: 'orders.zip',
              },
              settings: {
                role: 'arn:aws:iam::111111111111:role/Run',
                handler: 'index.handler',
                runtime: 'nodejs24.x',
                memorySize: 512,
                timeout: 30,
                environment: {
                  LEVEL: 'info',
                  RETRIES: '3',
                  RELEASE: '1.10',
                  DEBUG: 'false',
                },
                layers: ['arn:aws:lambda:us-east-1:111111111111:layer:tools:4'],
                architectures: ['arm64'],
              },
              alias: 'live',
              replacedCode: 's3://shop-packages/replaced/orders/',
              provisionedConcurrency: 20,
            },
            {
              name: 'stock',
              package: {
                bucket: 'shop-packages',
                key: 'nested/stock.zip',
              },
              settings: {
                role: 'arn:aws:iam::111111111111:role/Run',
                handler: 'stock.handler',
                runtime: 'python3.13',
              },
              alias: 'v2',
            },
          ],
        },
      ],
      strategies: {
        atOnce: {
          steps: [],
        },
        gradual: {
          steps: [
            {
              type: 'setWeight',
              weight: 10,
            },
            {
              type: 'pause',
              durationMs: 5 * 60_000,
            },
            {
              type: 'setWeight',
              weight: 50,
            },
            {
              type: 'analysis',
              intervalMs: 60000,
              runs: 5,
              queries: [
                {
                  query: 'errors',
                  provider: 'datadog',
                },
                {
                  query: 'latency',
                  provider: 'datadog',
                },
              ],
              rollBackMode: 'automatic',
              rollForwardMode: 'manual',
              lookbackMethod: 'sliding',
              abortOnFailedJudgment: true,
              context: {
                percentile: 'p99',
              },
            },
          ],
        },
      },
      webhooks: {
        notify: {
          method: 'POST',
          uriTemplate: 'https://chat.example.com/{{context.channel}}/{{context.room}}',
          headers: [
            {
              key: 'Authorization',
              value: 'Bearer {{secrets.chat}}',
            },
          ],
          networkMode: 'direct',
          retryCount: 0,
          disableCallback: true,
        },
        tests: {
          method: 'PUT',
          uriTemplate: 'https://ci.example.com/run',
          headers: [],
          bodyTemplate:
            '{"callback": "{{armory.callbackUri}}/callback", "team": "{{context.team}}"}\n',
          networkMode: 'remoteNetworkAgent',
          agentIdentifier: 'datacentre',
          retryCount: 3,
          disableCallback: false,
        },
      },
      queries: {
        errors: {
          template:
            'sum(errors{function="{{armory.functionName}}"}[{{armory.promQlStepInterval}}])',
          upperLimit: 0.5,
          onNoData: 'retry',
        },
        latency: {
          template: 'avg(latency{p="{{context.percentile}}"})',
          upperLimit: 200,
          lowerLimit: 1,
          onNoData: 'pass',
        },
      },
    });
  });

  it('is thirty minutes of time where the file gives none', () => {
    const [withoutConfig = ''] = SHOP.split('deploymentConfig:');
    expect(planOf(withoutConfig).timeoutMs).toBe(30 * 60_000);
  });

  it.each([
    ['90', 'seconds', 90_000],
    ['1.5', 'HOURS', 5_400_000],
    ['2', 'Minutes', 120_000],
  ])('counts a timeout of %s %s in milliseconds', (duration, unit, milliseconds) => {
    const text = shopWith(
      'duration: 45\n    unit: Minutes',
      `duration: ${duration}\n    unit: ${unit}`,
    );
    expect(planOf(text).timeoutMs).toBe(milliseconds);
  });

  it('takes names without the white space around them, in one form of Unicode', () => {
    const decomposed = 'Cafe\u0301';
    const plan = planOf(
      shopWith('application: Shop', `application: "  ${decomposed} "`)
        .replace('  staging:\n', `  "${decomposed} ":\n`)
        .replace('dependsOn: [staging]', 'dependsOn: [Caf\u00e9]')
        .replace('- target: staging', `- target: " ${decomposed}"`),
    );
    expect(plan.application).toBe('Caf\u00e9');
    expect(plan.targets.map(({ name }) => name)).toEqual(['Caf\u00e9', 'production']);
    expect(plan.targets[1]?.dependsOn).toEqual(['Caf\u00e9']);
  });

  it('has what belongs to a whole function apart from the settings of its versions', () => {
    const text = shopWith(
      'memorySize: 512',
      'tags: {team: checkout, stage: ""}\n      reservedConcurrency: "20"\n      recursiveLoop: Allow',
    );
    const [orders] = planOf(text).targets[1]?.functions ?? [];
    expect(orders?.functionWide).toEqual({
      tags: { team: 'checkout', stage: '' },
      reservedConcurrency: 20,
      recursiveLoop: 'Allow',
    });
    expect(Object.keys(orders?.settings ?? {})).not.toContain('tags');
  });

  it('keeps numbers as they are written wherever text is meant', () => {
    const text = shopWith('account: shop-staging', 'account: 012345678901')
      .replace('team: checkout', 'team: 0x10')
      .replace('application: Shop', 'application: 2024');
    const { plan, diagnostics } = readDeployment(text, { deploymentId: DEPLOYMENT_ID, now: NOW });
    expect(plan?.targets[0]?.account).toBe('012345678901');
    expect(plan?.context['team']).toBe('0x10');
    expect(plan?.application).toBe('2024');
    expect(diagnostics.map(({ code }) => code)).toEqual(['ambiguous-text', 'ambiguous-text']);
  });

  it('lets what a mapping says go before what it merges', () => {
    const plan = planOf(shopWith('<<: *common', '<<: *common\n    account: other'));
    expect(plan.targets[1]?.account).toBe('other');
    expect(plan.targets[1]?.strategy).toBe('gradual');
  });

  it('keeps the targets in the order of the file, also those whose names are numbers', () => {
    const text = shopWith('  staging:\n', '  "10":\n')
      .replace('  production:\n', '  "2":\n')
      .replace('dependsOn: [staging]', 'dependsOn: ["10"]')
      .replace('- target: staging', '- target: "10"')
      .replaceAll('- target: production', '- target: "2"')
      .replace('targets: [production]', 'targets: ["2"]');
    expect(planOf(text).targets.map(({ name }) => name)).toEqual(['10', '2']);
  });

  it('names a dependency once that the file names twice', () => {
    const plan = planOf(shopWith('[staging]', '[staging, " staging"]'));
    expect(plan.targets[1]?.dependsOn).toEqual(['staging']);
  });

  it('reads files with Windows line ends and a byte order mark alike', () => {
    expect(planOf(`\ufeff${SHOP.replaceAll('\n', '\r\n')}`)).toEqual(planOf(SHOP));
  });

  it('deploys a function to each target that has an entry for it', () => {
    const deployed = planOf(SHOP).targets.map(({ functions }) => functions.map(({ name }) => name));
    expect(deployed).toEqual([['orders-staging'], ['orders', 'stock']]);
  });
});
