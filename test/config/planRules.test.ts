import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.js';
import { planWith, problemsOf } from './sentPlan.js';

describe('a plan that a service sent', () => {
  it.each([
    'arn:aws:lambda:us-east-1:111111111111:function:orders',
    '111111111111:function:orders',
    'orders:1',
    '../x',
    'orders?x=1#',
    'orders\n',
    '',
    'x'.repeat(65),
  ])('gives nothing back to a function that is not named by its name alone: %j', (name) => {
    const plan = planWith('targets.0.functions', []) as Plan;
    const [staging, ...others] = plan.targets;
    const restores = [{ name, version: '1' }];
    const problems = problemsOf({ ...plan, targets: [{ ...staging, restores }, ...others] });
    expect(problems).toEqual([
      expect.stringMatching(
        /^targets\[0\]\.restores\[0\]\.name: ".*" is not a function name that AWS accepts\.$/,
      ),
    ]);
  });

  const RESTORE = { name: 'orders', version: '1' };
  it.each<[path: string, value: unknown, place: string]>([
    ['targets.0.restores', [{ ...RESTORE, version: '$LATEST' }], 'targets[0].restores[0].version'],
    ['targets.0.restores', [{ ...RESTORE, version: '0' }], 'targets[0].restores[0].version'],
    [
      'targets.0.restores',
      [{ ...RESTORE, version: '1'.repeat(400) }],
      'targets[0].restores[0].version',
    ],
    ['targets.0.restores', [{ ...RESTORE, insteadOf: 'live' }], 'targets[0].restores[0].insteadOf'],
    ['targets.0.restores', [{ ...RESTORE, alias: 'a:b' }], 'targets[0].restores[0].alias'],
    ['goesBack', { to: 'sideways', deploymentId: 'd1' }, 'goesBack.to'],
    ['goesBack', { to: 'before', deploymentId: 'd1\n# x' }, 'goesBack.deploymentId'],
    ['goesBack', { to: 'before', deploymentId: 'd1', comment: 'a\u001b[2J' }, 'goesBack.comment'],
    [
      'goesBack',
      { to: 'before', deploymentId: 'd1', comment: 'x'.repeat(301) },
      'goesBack.comment',
    ],
    [
      'targets.0.functions.0.package.versionId',
      'a\nb',
      'targets[0].functions[0].package.versionId',
    ],
    ['targets.0.functions.0.package.versionId', '', 'targets[0].functions[0].package.versionId'],
    [
      'targets.0.functions.0.package.codeSha256',
      'e3b0c442',
      'targets[0].functions[0].package.codeSha256',
    ],
    ['webhooks.tests.agentIdentifier', ' ', 'webhooks.tests.agentIdentifier'],
    ['webhooks.tests.agentIdentifier', 'a'.repeat(101), 'webhooks.tests.agentIdentifier'],
    ['webhooks.tests.agentIdentifier', 'office\u200b', 'webhooks.tests.agentIdentifier'],
    [
      'targets.1.beforeDeployment.0.requiresRoles',
      ['sre\n\n# Approved already'],
      'targets[1].beforeDeployment[0].requiresRoles[0]',
    ],
    [
      'targets.1.beforeDeployment.0.requiresRoles',
      ['a'.repeat(101)],
      'targets[1].beforeDeployment[0].requiresRoles[0]',
    ],
    [
      'targets.1.beforeDeployment.0.requiresRoles',
      [' sre'],
      'targets[1].beforeDeployment[0].requiresRoles[0]',
    ],
    [
      'strategies.gradual.steps.3.queries.0.provider',
      'prom\u202eteus',
      'strategies.gradual.steps[3].queries[0].provider',
    ],
  ])('holds what a file cannot say to the same rules: %s = %j', (path, value, place) => {
    const [problem] = problemsOf(planWith(path, value));
    expect(problem).toMatch(new RegExp(`^${place.replaceAll(/[[\].]/g, '\\$&')}: `));
  });

  it.each<[path: string, value: unknown]>([
    ['application', 'shop-${STAGE}'],
    ['targets.0.name', '{{context.target}}'],
    ['targets.0.account', '${ACCOUNT}'],
    ['targets.0.deployRoleArn', 'arn:aws:iam::${ACCOUNT}:role/Deploy'],
    ['targets.0.region', '${AWS_REGION}'],
    ['targets.0.functions.0.name', 'orders-${STAGE}'],
    ['targets.0.functions.0.alias', '{{context.alias}}'],
    ['targets.0.functions.0.package.bucket', 'packages-${STAGE}'],
    ['targets.0.functions.0.package.key', '{{context.sha}}.zip'],
    ['targets.0.functions.0.settings.role', 'arn:aws:iam::${ACCOUNT}:role/Run'],
    ['targets.0.functions.0.settings.handler', '${HANDLER}'],
    ['targets.1.functions.0.settings.layers.0', '${LAYER}'],
    ['targets.0.restores', [{ ...RESTORE, name: '${NAME}' }]],
    ['targets.0.restores', [{ ...RESTORE, name: 'stock', alias: '${ALIAS}' }]],
    ['targets.1.beforeDeployment.0.requiresRoles.0', '${TEAM}'],
    ['targets.1.beforeDeployment.1.context.room', '{{context.team}}'],
    ['strategies', { '${STRATEGY}': { steps: [] } }],
    ['strategies.gradual.steps.3.queries.0.provider', '${METRICS}'],
    ['webhooks.tests.agentIdentifier', '{{context.agent}}'],
    ['webhooks.tests.uriTemplate', 'https://${HOST}/tests'],
  ])('takes no braces that nobody fills in, as files take none: %s = %j', (path, value) => {
    const place = path.replaceAll(/\.(\d+)/g, '[$1]');
    const problems = problemsOf(planWith(path, value)).filter((one) => one.startsWith(place));
    expect(problems).toEqual([expect.stringMatching(/: ".+" is not filled in here\.$/)]);
  });

  it('may go back to versions and bytes as Sluice itself names them', () => {
    const restores = [{ ...RESTORE, name: 'stock', alias: 'live', insteadOf: '12' }];
    const plan = planWith('targets.0.restores', restores) as Plan;
    const goesBack = { to: 'before', deploymentId: plan.deploymentId, comment: 'it was slow' };
    const location = {
      bucket: 'packages',
      key: 'orders.zip',
      versionId: 'null',
      codeSha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    };
    const given = { ...plan, goesBack };
    given.targets[0]!.functions[0]!.package = location;
    expect(problemsOf(given)).toEqual([]);
  });
});
