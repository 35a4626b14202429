import { describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../../src/config/index.js';
import { DEPLOYMENT_ID, diagnose, NOW } from '../support.js';
import { ARTIFACTS, file, OPTIONS, ordersAt, said, TARGETS, targetsOf, zipOf } from './parts.js';

function list(length: number, item: (index: number) => string): string {
  return Array.from({ length }, (_, index) => item(index)).join(', ');
}

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

  it('is told where it takes everything away, too', () => {
    const artifacts = `artifacts:
  - {functionName: orders, path: "222222222222.dkr.ecr.{{sluice.region}}.amazonaws.com/orders:1", type: image}
`;
    const options = `providerOptions:
  lambda:
    - {name: orders, runAsIamRole: "arn:aws:iam::222222222222:role/Run", imageConfig: {}, environment: {}}
`;
    const { forTargets } = readDeployment(file({ artifacts, options }), {
      deploymentId: DEPLOYMENT_ID,
      now: NOW,
      targets: ['prod-eu'],
    });
    const given = forTargets?.given().map(({ name, value, line }) => [name, value, line]);
    expect(given).toContainEqual(['imageConfig', {}, 13]);
    expect(given).toContainEqual(['environment', {}, 13]);
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
