import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/config/index.js';
import type { Plan } from '../../src/domain/plan.js';
import { planOf, SHOP } from './support.js';

/** The example's plan as a service might send it, with one value replaced. */
function planWith(path: string, value: unknown): unknown {
  const plan: unknown = JSON.parse(JSON.stringify(planOf(SHOP)));
  const keys = path.split('.');
  let holder = plan as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(holder, keys.at(-1) ?? '');
  else holder[keys.at(-1) ?? ''] = value;
  return plan;
}

function problemsOf(value: unknown): string[] {
  const result = checkPlan(value);
  return 'problems' in result ? result.problems : [];
}

const LONG = 'a'.repeat(101);

describe('a plan that a service sent', () => {
  it('is refused with more functions at a target, or more steps, than a workflow can carry', () => {
    const step = (index: number) => ({ type: 'setWeight', weight: index / 10 });
    const one = planOf(SHOP).targets[0]?.functions[0];
    const many = Array.from({ length: 101 }, (_, index) => ({ ...one, name: `f${index}` }));
    const strategy = Object.keys(planOf(SHOP).strategies)[0] ?? '';
    const steps = Array.from({ length: 101 }, (_, index) => step(index));
    expect(problemsOf(planWith('targets.0.functions', many)).join()).toContain(
      'more than 100 functions',
    );
    expect(problemsOf(planWith(`strategies.${strategy}.steps`, steps)).join()).toContain(
      'has 101 steps',
    );
  });

  it('is accepted when it is what a file would have meant', () => {
    const plan = planOf(SHOP);
    expect(checkPlan(JSON.parse(JSON.stringify(plan)))).toEqual({ plan });
  });

  it.each<[path: string, value: unknown, problem: string]>([
    ['schemaVersion', 2, 'schemaVersion: must be 1, not 2.'],
    ['application', undefined, '"application" is missing from the deployment.'],
    ['aplication', 'x', 'aplication: "aplication" is not a key of the deployment.'],
    [
      'application',
      LONG,
      `application: The name of the application, "${'a'.repeat(80)}…", is longer than 100 characters.`,
    ],
    [
      'application',
      ' Shop',
      'application: The name of the application, " Shop", begins or ends with white space.',
    ],
    [
      'application',
      'Cafe\u0301',
      'application: The name of the application, "Cafe\u0301", is not in Unicode normalisation form C.',
    ],
    [
      'deploymentId',
      'a b',
      'deploymentId: must be a deployment id of 1 to 64 letters, digits and hyphens, such as a UUID, not the text "a b".',
    ],
    [
      'deploymentId',
      '',
      'deploymentId: must be a deployment id of 1 to 64 letters, digits and hyphens, such as a UUID, not the text "".',
    ],
    ['timeoutMs', 1000, 'timeoutMs: The timeout is 1 s, and must be 60 seconds to 365 days.'],
    ['timeoutMs', 90_000.5, 'timeoutMs: must be a whole number, not 90000.5.'],
    ['targets', [], 'targets: The deployment has no target.'],
    ['targets', {}, 'targets: must be a list, not a mapping.'],
    ['targets.1.name', 'staging', 'targets[1].name: Two targets are named "staging".'],
    ['targets.1.strategy', 'toString', 'targets[1].strategy: There is no strategy "toString".'],
    ['targets.1.dependsOn', ['stagin'], 'targets[1].dependsOn[0]: There is no target "stagin".'],
    [
      'targets.0.dependsOn',
      ['production'],
      'targets[0].dependsOn[0]: The targets wait for each other: staging → production → staging.',
    ],
    [
      'targets.0.deployRoleArn',
      'x',
      'targets[0].deployRoleArn: "x" is not the ARN of a role that AWS accepts.',
    ],
    ['targets.0.region', 'x', 'targets[0].region: "x" is not a region that AWS accepts.'],
    ['targets.0.functions', [], 'targets[0].name: Nothing is deployed to the target "staging".'],
    [
      'targets.1.functions.1.name',
      'orders',
      'targets[1].functions[1].name: Two functions of the target "production" are named "orders".',
    ],
    [
      'targets.1.functions.0.alias',
      '7',
      'targets[1].functions[0].alias: "7" is not an alias name that AWS accepts.',
    ],
    [
      'targets.1.functions.0.package.bucket',
      '',
      'targets[1].functions[0].package.bucket: "" is not the name of a bucket that AWS accepts.',
    ],
    [
      'targets.1.functions.0.package.key',
      '',
      'targets[1].functions[0].package.key: The key in the bucket has 0 bytes, and S3 takes 1 to 1024.',
    ],
    [
      'targets.1.functions.0.settings.role',
      'arn:aws:iam::222222222222:role/Run',
      'targets[1].functions[0].settings.role: The execution role belongs to the account 222222222222, and the target deploys to 111111111111.',
    ],
    [
      'targets.1.functions.0.settings.memorySize',
      64,
      'targets[1].functions[0].settings.memorySize: The memorySize is 64, and Lambda takes 128 to 10240 megabytes.',
    ],
    [
      'targets.1.functions.0.settings.timeout',
      901,
      'targets[1].functions[0].settings.timeout: The timeout is 901, and Lambda takes 1 to 900 seconds.',
    ],
    [
      'targets.1.functions.0.settings.environment',
      { A1: 1 },
      'targets[1].functions[0].settings.environment.A1: must be text, not 1.',
    ],
    [
      'targets.1.functions.0.settings.memory',
      1,
      'targets[1].functions[0].settings.memory: "memory" is not a key of targets[1].functions[0].settings.',
    ],
    [
      'strategies.gradual.steps.2.weight',
      101,
      'strategies.gradual.steps[2].weight: The weight is 101, and a weight is a percentage from 0 to 100.',
    ],
    [
      'strategies.gradual.steps.1.durationMs',
      -1,
      'strategies.gradual.steps[1].durationMs: The time is -0.001 s, and must be more than 0.',
    ],
    [
      'strategies.gradual.steps.3.queries.0.query',
      'faults',
      'strategies.gradual.steps[3].queries[0].query: There is no query "faults".',
    ],
    [
      'targets.1.afterDeployment.0.webhook',
      'test',
      'targets[1].afterDeployment[0].webhook: There is no webhook "test".',
    ],
    [
      'targets.1.beforeDeployment.0.type',
      'analysis',
      'targets[1].beforeDeployment[0].type: must be pause, approval or runWebhook, not the text "analysis".',
    ],
    [
      'targets.1.beforeDeployment.0.requiresRoles',
      [],
      'targets[1].beforeDeployment[0].requiresRoles: must be a list of one or more roles, not an empty list.',
    ],
    [
      'webhooks.tests.uriTemplate',
      'ci.example.com',
      'webhooks.tests.uriTemplate: "ci.example.com" is not the address of a webhook that Sluice accepts.',
    ],
    [
      'webhooks.notify.headers.0.value',
      '{{armory.nobody}}',
      'webhooks.notify.headers[0].value: There is no variable "armory.nobody".',
    ],
    ['queries.errors.upperLimit', undefined, 'queries.errors: The query "errors" has no limit.'],
    [
      'ifDeploymentInProgress',
      'wait',
      'ifDeploymentInProgress: must be reject or enqueueOne, not the text "wait".',
    ],
    [
      'strategies.gradual.steps.1.type',
      'dance',
      'strategies.gradual.steps[1].type: must be setWeight, pause, approval, runWebhook or analysis, not the text "dance".',
    ],
  ])('is refused with the place and the reason: %s = %j', (path, value, problem) => {
    expect(problemsOf(planWith(path, value))).toContain(problem);
  });

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

  it.each([undefined, null, 'plan', 7, [], () => 1])('is refused when it is none: %s', (value) => {
    expect(problemsOf(value)).toHaveLength(1);
  });

  it('may not hide anything behind a key of JavaScript', () => {
    const plan = JSON.parse(
      JSON.stringify(planOf(SHOP)).replace('"team":', '"__proto__":'),
    ) as unknown;
    expect(problemsOf(plan)).toContain('context.__proto__: The key "__proto__" cannot be used.');
  });

  it('may not be larger than a megabyte', () => {
    const [problem] = problemsOf(planWith('description', 'x'.repeat(1024 * 1024)));
    expect(problem).toMatch(/^The plan of the deployment has \d+ bytes/);
  });

  it('may not have more targets than a workflow can start', () => {
    const plan = planOf(SHOP);
    const [staging] = plan.targets;
    const targets = Array.from({ length: 2001 }, (_, index) => ({ ...staging, name: `t${index}` }));
    expect(problemsOf({ ...plan, targets })).toEqual([
      'targets[2000].name: The deployment has 2001 targets, and the most it may have is 2000.',
    ]);
  });

  it('gets fifty problems and the count of the others', () => {
    const plan = planOf(SHOP);
    const [staging] = plan.targets;
    const targets = Array.from({ length: 60 }, (_, index) => ({
      ...staging,
      name: `t${index}`,
      region: 'x',
    }));
    const problems = problemsOf({ ...plan, targets });
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)).toBe('There are 10 more problems.');
  });

  it('is refused in sentences without control characters', () => {
    const [problem] = problemsOf(planWith('application', 'a\u001b[31m\u202e:'));
    expect(problem).toContain('"a␛[31m�:"');
  });
});
