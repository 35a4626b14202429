import { describe, expect, it } from '@jest/globals';
import { readDeployment, type Adjustments } from '../../src/config/index.js';
import { isImage } from '../../src/domain/packages.js';
import type { FunctionPlan, PlannedZip, TargetPlan } from '../../src/domain/plan.js';
import { DEPLOYMENT_ID, diagnose, NOW } from './support.js';

const TARGETS = `targets:
  staging: {account: dev, deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy", region: us-east-1, strategy: gradual}
  prod-us: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: us-east-1, strategy: gradual}
  prod-eu: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: eu-west-1, strategy: gradual}
`;

const ARTIFACTS = `artifacts:
  - {functionName: orders, path: "s3://acme-{{sluice.accountId}}-{{sluice.region}}/orders.zip", type: zipFile}
`;

const OPTIONS = `providerOptions:
  lambda:
    - name: orders
      runAsIamRole: arn:aws:iam::{{armory.accountId}}:role/Run
      handler: index.handler
      runtime: nodejs24.x
`;

const HEAD = `version: v1
kind: lambda
application: shop
strategies: {gradual: {canary: {steps: []}}}
`;

/** A file of these parts; those that are not given are the usual ones. */
function file({ targets = TARGETS, artifacts = ARTIFACTS, options = OPTIONS, more = '' } = {}) {
  return HEAD + targets + artifacts + options + more;
}

function targetsOf(text: string, asked: Adjustments = {}): Record<string, TargetPlan> {
  const { plan, diagnostics } = readDeployment(text, {
    ...asked,
    deploymentId: DEPLOYMENT_ID,
    now: NOW,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return Object.fromEntries(plan.targets.map((target) => [target.name, target]));
}

function ordersAt(name: string, text: string, asked?: Adjustments): FunctionPlan {
  const found = targetsOf(text, asked)[name]?.functions.find((one) => one.name === 'orders');
  if (found === undefined) throw new Error(`There is no function orders at ${name}.`);
  return found;
}

function zipOf({ package: planned }: FunctionPlan): PlannedZip {
  if (isImage(planned)) throw new Error(`${planned.imageUri} is no zip file.`);
  return planned;
}

function list(length: number, item: (index: number) => string): string {
  return Array.from({ length }, (_, index) => item(index)).join(', ');
}

function said(text: string): string[] {
  return diagnose(text).map(({ code, line, message }) => `${line} ${code}: ${message}`);
}

describe('a text of a target, an artifact, a provider option or an alias', () => {
  it('is filled in with what the target is', () => {
    expect(zipOf(ordersAt('staging', file())).bucket).toBe('acme-111111111111-us-east-1');
    expect(zipOf(ordersAt('prod-eu', file())).bucket).toBe('acme-222222222222-eu-west-1');
    expect(ordersAt('prod-eu', file()).settings.role).toBe('arn:aws:iam::222222222222:role/Run');
  });

  it('is filled in with values of the context, the one of the command line first', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{context.sha}}.zip');
    const text = file({ artifacts, more: 'context: {sha: none}\n' });
    expect(zipOf(ordersAt('staging', text)).key).toBe('none.zip');
    const asked = { context: { sha: '4f2a' } };
    expect(zipOf(ordersAt('staging', text, asked)).key).toBe('4f2a.zip');
  });

  it('can be any text of a target, and those that others are made of come first', () => {
    const target = `targets:
  prod:
    account: '{{context.stage}}-{{sluice.applicationName}}'
    deployAsIamRole: arn:aws:iam::{{context.account}}:role/{{sluice.accountName}}-{{sluice.region}}
    region: '{{context.region}}'
    strategy: '{{context.strategy}}'
    constraints:
      beforeDeployment:
        - pause: {untilApproved: true, requiresRoles: ['{{sluice.accountId}}-{{sluice.environmentName}}']}
`;
    const more =
      'context: {stage: live, account: "222222222222", region: eu-west-1, strategy: gradual}\n';
    expect(targetsOf(file({ targets: target, more }))['prod']).toMatchObject({
      account: 'live-shop',
      deployRoleArn: 'arn:aws:iam::222222222222:role/live-shop-eu-west-1',
      region: 'eu-west-1',
      strategy: 'gradual',
      beforeDeployment: [{ requiresRoles: ['222222222222-prod'] }],
    });
  });

  it.each([
    ['{{context.sha}}', 'missing-context: Nothing gives {{context.sha}} a value.'],
    ['{{sluice.regoin}}', 'unknown-variable: There is no variable "sluice.regoin".'],
    [
      '{{sluice.version}}',
      'unavailable-variable: sluice.version has no value here, before the deployment.',
    ],
    ['{{secrets.key}}', 'unavailable-variable: A secret has no value here.'],
    ['{{#context.sha}}', 'template-syntax: "{{#context.sha}}" is not a variable.'],
    ['{{sluice.region', 'template-syntax: The braces "{{sluice.region.zip" are not closed.'],
  ])('is wrong, once and at its place, with %s', (variable, expected) => {
    const artifacts = `artifacts:\n  - {functionName: orders, path: 's3://acme/${variable}.zip', type: zipFile}\n`;
    const found = diagnose(file({ artifacts }));
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([expected]);
    expect(found[0]).toMatchObject({ line: 10, column: 45, path: 'artifacts[0].path' });
  });

  it('is text where its braces are no variable, as it has always been', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{ {a {{.zip');
    expect(zipOf(ordersAt('prod-eu', file({ artifacts }))).key).toBe('{{ {a {{.zip');
  });

  it('cannot be made of itself', () => {
    const role = 'arn:aws:iam::{{sluice.accountId}}:role/Deploy';
    const targets = TARGETS.replace('arn:aws:iam::111111111111:role/Deploy', role);
    expect(said(file({ targets }))).toEqual([
      '6 unavailable-variable: sluice.accountId has no value here, in the deployAsIamRole itself.',
    ]);
  });

  it('is held to what it becomes, and the target is told with it', () => {
    const artifacts = ARTIFACTS.replace('acme-{{sluice.accountId}}', '{{context.bucket}}_');
    const more = 'context: {bucket: "a bucket"}\n';
    expect(said(file({ artifacts, more }))).toEqual([
      '10 bucket-name: "a bucket_-us-east-1" is not the name of a bucket that AWS accepts. ' +
        'At the target "staging", "s3://{{context.bucket}}_-{{sluice.region}}/orders.zip" became ' +
        '"s3://a bucket_-us-east-1/orders.zip". The same holds at 2 more targets.',
    ]);
  });

  it('is not filled in a second time', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{context.sha}}.zip');
    const more = 'context: {sha: "{{sluice region}}"}\n';
    expect(diagnose(file({ artifacts, more })).map(({ code }) => code)).toEqual([
      'useless-template',
    ]);
  });

  it('is left as it is in an environment where its braces are no variable of Sluice', () => {
    const options = `${OPTIONS}      environment: {TEXT: '{{name}} in {{sluice.region}}', OTHER: '{{'}\n`;
    expect(ordersAt('prod-eu', file({ options })).settings.environment).toEqual({
      TEXT: '{{name}} in eu-west-1',
      OTHER: '{{',
    });
  });

  it('tells nothing of what a variable of a function became', () => {
    const options = `${OPTIONS}      environment: {TOKEN: '{{context.token}}'}\n`;
    const more = 'context: {token: AKIAIOSFODNN7EXAMPLE}\n';
    const found = diagnose(file({ options, more }));
    expect(found.map(({ code }) => code)).toContain('secret-literal');
    expect(JSON.stringify(found)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('artifacts with targets', () => {
  const two = (first: string, second: string) => `artifacts:
  - {functionName: orders, path: s3://pkg-a/orders.zip, type: zipFile${first}}
  - {functionName: orders, path: s3://pkg-b/orders.zip, type: zipFile${second}}
`;

  it('give each target its package, by names and by patterns', () => {
    const text = file({
      artifacts: two(", targets: ['*-us', staging]", ', targets: [prod-eu]'),
    });
    const buckets = Object.values(targetsOf(text)).map(
      ({ functions }) => functions[0] && zipOf(functions[0]).bucket,
    );
    expect(buckets).toEqual(['pkg-a', 'pkg-a', 'pkg-b']);
  });

  it.each([
    ['two for all', '', ''],
    ['one for all beside one for a target', '', ', targets: [prod-eu]'],
    ['two for one target', ', targets: [staging, prod-*]', ', targets: [prod-eu]'],
  ])('are wrong where a target gets two: %s', (_name, first, second) => {
    const found = diagnose(file({ artifacts: two(first, second) }));
    expect(found.map(({ code, line }) => [code, line])).toContainEqual(['duplicate-artifact', 11]);
  });

  it('are wrong where a target gets none, or where there is no such target', () => {
    expect(said(file({ artifacts: two(', targets: [staging]', ', targets: [prod-us]') }))).toEqual([
      '14 function-without-artifact: There is no artifact for the function "orders" at the target "prod-eu".',
    ]);
    const found = said(file({ artifacts: two(", targets: ['*', qa]", ", targets: ['qa-*']") }));
    expect(found).toContainEqual('10 unknown-target: There is no target "qa".');
    expect(found).toContainEqual('11 unknown-target: There is no target "qa-*".');
  });
});

describe('provider options of one function', () => {
  const MERGED = `${OPTIONS}      memorySize: 128
      timeout: 3
      environment: {LEVEL: info, REGION: '{{sluice.region}}'}
    - {targets: ['prod-*'], name: orders, memorySize: 512, environment: {LEVEL: warn}}
    - {target: prod-eu, name: orders, timeout: 9, environment: {STAGE: eu}}
    - {targets: ['prod-*'], name: orders, memorySize: 1024}
`;

  it('are merged from the general to the particular, and the environment by variable', () => {
    const text = file({ options: MERGED });
    expect(ordersAt('staging', text).settings).toMatchObject({ memorySize: 128, timeout: 3 });
    expect(ordersAt('prod-us', text).settings).toMatchObject({
      memorySize: 1024,
      timeout: 3,
      environment: { LEVEL: 'warn', REGION: 'us-east-1' },
    });
    expect(ordersAt('prod-eu', text).settings).toMatchObject({
      memorySize: 1024,
      timeout: 9,
      environment: { LEVEL: 'warn', REGION: 'eu-west-1', STAGE: 'eu' },
    });
  });

  it('have what is wrong with a value told where it is written', () => {
    const options = MERGED.replace('memorySize: 512', 'memorySize: 64').replace(
      'memorySize: 1024',
      'handler: a b',
    );
    expect(said(file({ options }))).toEqual([
      '20 memory-size: The memorySize is 64, and Lambda takes 128 to 10240 megabytes. The same holds at 1 more target.',
      '22 handler: "a b" is not a handler that AWS accepts. The same holds at 1 more target.',
    ]);
  });

  it('have to give a role, a handler and a runtime together', () => {
    const options = `providerOptions:
  lambda:
    - {name: orders, runAsIamRole: 'arn:aws:iam::{{sluice.accountId}}:role/Run', handler: a.b}
    - {target: staging, name: orders, runtime: nodejs24.x}
`;
    expect(said(file({ options }))).toEqual([
      '13 missing-setting: Nothing gives runtime to the function "orders" at the target "prod-us". The same holds at 1 more target.',
    ]);
  });

  it('deploy a function to the targets that they name and to no others', () => {
    const options = OPTIONS.replace('- name: orders', "- targets: ['prod-*']\n      name: orders");
    expect(said(file({ options }))).toEqual([
      '6 target-without-function: Nothing is deployed to the target "staging".',
    ]);
  });

  it('are two by mistake where both are whole and for the same target', () => {
    const whole =
      '    - {target: staging, name: orders, runAsIamRole: "arn:aws:iam::111111111111:role/Run", handler: a.b, runtime: nodejs24.x}\n';
    expect(said(file({ options: OPTIONS + whole }))).toEqual([]);
    expect(said(file({ options: OPTIONS + whole + whole }))).toContainEqual(
      expect.stringMatching(/^18 duplicate-function: /),
    );
  });
});

describe('aliases of many targets', () => {
  const alias = (targets: string, name: string) =>
    `  - {${targets}alias: [{functionName: orders, aliasName: ${name}}]}\n`;

  it('go from the general to the particular, and a later one before an earlier one', () => {
    const more = `trafficManagement:
${alias('targets: [prod-eu], ', 'eu')}${alias('', 'live')}${alias("targets: ['prod-*'], ", 'a')}${alias("targets: ['prod-*'], ", 'b')}`;
    const aliases = Object.values(targetsOf(file({ more }))).map(
      ({ functions }) => functions[0]?.alias,
    );
    expect(aliases).toEqual(['live', 'b', 'eu']);
  });

  it('are for the targets that deploy the function, unless they name others', () => {
    const options = `${OPTIONS}    - {target: staging, name: stock, runAsIamRole: 'arn:aws:iam::111111111111:role/Run', handler: a.b, runtime: nodejs24.x}\n`;
    const artifacts = `${ARTIFACTS}  - {functionName: stock, path: s3://pkg-a/stock.zip, type: zipFile}\n`;
    const stock = (targets: string) =>
      file({
        options,
        artifacts,
        more: `trafficManagement:\n  - {${targets}alias: [{functionName: stock, aliasName: live}]}\n`,
      });
    expect(targetsOf(stock(''))['staging']?.functions[1]?.alias).toBe('live');
    expect(said(stock('targets: [staging, prod-eu], '))).toEqual([
      '20 alias-without-function: The target "prod-eu" does not deploy the function "stock".',
    ]);
    expect(said(stock("targets: ['prod-*'], "))).toEqual([
      '20 alias-without-function: The target "prod-us" does not deploy the function "stock".',
    ]);
  });

  it('are two by mistake where both name the target', () => {
    const more = `trafficManagement:\n${alias('targets: [staging], ', 'a')}${alias('targets: [staging], ', 'b')}`;
    expect(said(file({ more }))).toEqual([expect.stringMatching(/^19 second-alias: /)]);
  });
});

describe('what a target is given', () => {
  it('is told with where the file says so', () => {
    const options = `${OPTIONS}      environment: {LEVEL: info, STAGE: all}
    - {targets: ['prod-*'], name: orders, memorySize: 512, environment: {LEVEL: warn}}
`;
    const more = 'trafficManagement:\n  - alias: [{functionName: orders, aliasName: live}]\n';
    const { forTargets } = readDeployment(file({ options, more }), {
      deploymentId: DEPLOYMENT_ID,
      now: NOW,
      targets: ['prod-eu'],
    });
    const given = forTargets
      ?.given()
      .map(({ functionName, name, value, line, template }) => [
        ...[functionName, name, value, line],
        ...(template === undefined ? [] : [template]),
      ]);
    expect(given).toEqual([
      [undefined, 'account', 'live', 8],
      [undefined, 'deployAsIamRole', 'arn:aws:iam::222222222222:role/Deploy', 8],
      [undefined, 'region', 'eu-west-1', 8],
      [undefined, 'strategy', 'gradual', 8],
      [
        ...['orders', 'path', 's3://acme-222222222222-eu-west-1/orders.zip', 10],
        's3://acme-{{sluice.accountId}}-{{sluice.region}}/orders.zip',
      ],
      [
        ...['orders', 'runAsIamRole', 'arn:aws:iam::222222222222:role/Run', 14],
        'arn:aws:iam::{{armory.accountId}}:role/Run',
      ],
      ['orders', 'handler', 'index.handler', 15],
      ['orders', 'runtime', 'nodejs24.x', 16],
      ['orders', 'environment.LEVEL', 'warn', 18],
      ['orders', 'environment.STAGE', 'all', 17],
      ['orders', 'memorySize', 512, 18],
      ['orders', 'aliasName', 'live', 20],
    ]);
  });
});

describe('targets that are left out', () => {
  it('need no values for what only they use', () => {
    const text = file({
      artifacts: `artifacts:
  - {functionName: orders, path: s3://pkg-a/orders.zip, type: zipFile, targets: [staging]}
  - {functionName: orders, path: 's3://pkg-b/{{context.sha}}.zip', type: zipFile, targets: ['prod-*']}
`,
    });
    expect(zipOf(ordersAt('staging', text, { targets: ['staging'] })).bucket).toBe('pkg-a');
    expect(diagnose(text).map(({ code }) => code)).toEqual(['missing-context']);
  });
});

describe('a target whose name has an asterisk', () => {
  it('is named by it before it is a pattern', () => {
    const targets = TARGETS.replace('prod-us:', '"prod-*":');
    const artifacts = `artifacts:
  - {functionName: orders, path: s3://pkg-a/orders.zip, type: zipFile, targets: ['prod-*', staging]}
  - {functionName: orders, path: s3://pkg-b/orders.zip, type: zipFile, targets: [prod-eu]}
`;
    const text = file({ targets, artifacts });
    expect(zipOf(ordersAt('prod-*', text)).bucket).toBe('pkg-a');
    expect(zipOf(ordersAt('prod-eu', text)).bucket).toBe('pkg-b');
  });
});

describe('a file that would become far too much', () => {
  it('is refused before it does', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `t${index}`);
    const targets = `targets:\n${names
      .map(
        (name) =>
          `  ${name}: {account: a, deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy", region: us-east-1, strategy: gradual}\n`,
      )
      .join('')}`;
    const wide = `${OPTIONS}      environment: {TEXT: "${'x'.repeat(4000)}"}\n`;
    const entries = Array.from({ length: 3 }, () => '').join(
      wide.replace('providerOptions:\n  lambda:\n', ''),
    );
    expect(said(file({ targets, options: wide + entries }))).toEqual([
      '1 spread-too-large: Written out for each of its targets, the file says too much.',
    ]);
    const long = `${OPTIONS}      environment: {${list(10, (index) => `A${index}A: '{{context.long}}'`)}}\n`;
    const more = `context: {long: ${'x'.repeat(10_000)}}\n`;
    expect(said(file({ targets, options: long, more }))).toEqual([
      '1 spread-too-large: Written out for each of its targets, the file says too much.',
    ]);
    const patterns = `    - {targets: [${list(1100, (index) => `'t*${index}*'`)}], name: orders}\n`;
    expect(said(file({ targets, options: OPTIONS + patterns }))).toEqual([
      '1 spread-too-large: The file has too many patterns for so many targets.',
    ]);
  });
});
