import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/config/index.js';
import { planWith, problemsOf } from './sentPlan.js';
import { planOf, SHOP } from './support.js';

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
      'targets.1.functions.0.functionWide',
      { reservedConcurrency: -1 },
      'targets[1].functions[0].functionWide.reservedConcurrency: -1 is neither none nor a whole number from 0 on.',
    ],
    [
      'targets.1.functions.0.functionWide',
      { tags: { 'aws:team': 'checkout' } },
      'targets[1].functions[0].functionWide.tags["aws:team"]: Tags with the key "aws:team" are not for people to write.',
    ],
    [
      'targets.1.functions.0.functionWide',
      { runtimeManagementConfig: { updateRuntimeOn: 'Never' } },
      'targets[1].functions[0].functionWide.runtimeManagementConfig.updateRuntimeOn: "Never" is no updateRuntimeOn of AWS.',
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
