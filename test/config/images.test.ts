import { describe, expect, it } from '@jest/globals';
import { checkPlan, readDeployment, type Adjustments } from '../../src/config/index.js';
import type { FunctionPlan, Plan } from '../../src/domain/plan.js';
import { codes, DEPLOYMENT_ID, diagnose, NOW } from './support.js';

const DIGEST = '4f9a1c77b2d0'.padEnd(64, '0');

const REPOSITORY = '333333333333.dkr.ecr.us-east-1.amazonaws.com/shop/orders';

const ARTIFACT = `  - {functionName: orders, path: "333333333333.dkr.ecr.{{sluice.region}}.amazonaws.com/shop/orders:{{context.sha}}", type: image}`;

const OPTION = `    - {name: orders, runAsIamRole: "arn:aws:iam::222222222222:role/Run"}`;

/** A file with one function at two targets in two regions, of these parts. */
function file({ artifact = ARTIFACT, option = OPTION } = {}): string {
  return `version: v1
kind: lambda
application: shop
context: {sha: 1.4.0}
targets:
  us: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: us-east-1, strategy: gradual}
  eu: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: eu-west-1, strategy: gradual}
strategies: {gradual: {canary: {steps: []}}}
artifacts:
${artifact}
providerOptions:
  lambda:
${option}
`;
}

function planOf(text: string, asked: Adjustments = {}): Plan {
  const { plan, diagnostics } = readDeployment(text, {
    ...asked,
    deploymentId: DEPLOYMENT_ID,
    now: NOW,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return plan;
}

function ordersOf(plan: Plan, target: string): FunctionPlan {
  const found = plan.targets.find(({ name }) => name === target)?.functions[0];
  if (found === undefined) throw new Error(`There is no function at ${target}.`);
  return found;
}

const withOption = (...settings: string[]): string =>
  file({ option: OPTION.replace('}', `, ${settings.join(', ')}}`) });

describe('an artifact that is a container image', () => {
  it('is the image of each target, which has neither handler nor runtime', () => {
    const plan = planOf(file());
    expect(ordersOf(plan, 'us')).toEqual({
      name: 'orders',
      package: { imageUri: `${REPOSITORY}:1.4.0` },
      settings: { role: 'arn:aws:iam::222222222222:role/Run' },
    });
    expect(ordersOf(plan, 'eu').package).toEqual({
      imageUri: `${REPOSITORY.replace('us-east-1', 'eu-west-1')}:1.4.0`,
    });
  });

  it('has the tag that the command line gives', () => {
    const plan = planOf(file(), { context: { sha: '4f9a1c7' } });
    expect(ordersOf(plan, 'us').package).toEqual({ imageUri: `${REPOSITORY}:4f9a1c7` });
  });

  it.each([
    ['another account', '111111111111.dkr.ecr.us-east-1.amazonaws.com/orders:1'],
    ['a digest', `${REPOSITORY}@sha256:${DIGEST}`],
    ['China', '111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b/c_d.e-f:v1_2.3-4'],
    ['the European cloud', '111111111111.dkr.ecr.eusc-de-east-1.amazonaws.eu/orders:1'],
    ['a secret region', '111111111111.dkr.ecr.us-iso-east-1.c2s.ic.gov/orders:1'],
  ])('is named by the address of a private registry: %s', (_name, path) => {
    const artifact = `  - {functionName: orders, path: "${path}", type: image}`;
    expect(codes(file({ artifact }))).not.toContain('image-path');
  });

  it('may be a zip file at other targets, which then has what zip files have', () => {
    const artifact = `${ARTIFACT.replace('image}', 'image, targets: [us]}')}
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile, targets: [eu]}`;
    const option = `${OPTION}
    - {name: orders, target: eu, handler: index.handler, runtime: nodejs24.x}`;
    const plan = planOf(file({ artifact, option }));
    expect(ordersOf(plan, 'us').settings).toEqual({ role: 'arn:aws:iam::222222222222:role/Run' });
    expect(ordersOf(plan, 'eu')).toMatchObject({
      package: { bucket: 'packages', key: 'orders.zip' },
      settings: { handler: 'index.handler', runtime: 'nodejs24.x' },
    });
  });

  it('may start from snapshots, and be kept with a key although it has no environment', () => {
    const key = 'arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const text = withOption('environment: {}', `kmsKeyArn: "${key}"`);
    expect(codes(text)).not.toContain('key-without-environment');
    expect(codes(withOption('snapStart: {applyOn: PublishedVersions}'))).toEqual([]);
  });

  it('takes no braces that nobody fills in', () => {
    const artifact = ARTIFACT.replace('{{context.sha}}', '${SHA}');
    expect(codes(file({ artifact }))).toEqual(['useless-template']);
  });

  it('is held to the region of every target, and told of once at its path', () => {
    const artifact = `  - {functionName: orders, path: "${REPOSITORY}:1", type: image}`;
    const found = diagnose(file({ artifact }));
    expect(found).toEqual([
      expect.objectContaining({
        code: 'image-region',
        path: 'artifacts[0].path',
        message: 'The image is in us-east-1, and the target "eu" deploys to eu-west-1.',
      }),
    ]);
  });
});

describe('imageConfig', () => {
  it('is a setting like the others, with its variables filled in', () => {
    const text = withOption(
      'imageConfig: {entryPoint: [/lambda-entrypoint.sh], command: ["app.{{context.sha}}", 8080], workingDirectory: /srv}',
    );
    expect(ordersOf(planOf(text), 'us').settings.imageConfig).toEqual({
      entryPoint: ['/lambda-entrypoint.sh'],
      command: ['app.1.4.0', '8080'],
      workingDirectory: '/srv',
    });
  });

  it('keeps the braces and placeholders of others, which programs take', () => {
    const command = '["sh", "-c", "exec app --format {{.Name}} $" ,"${PORT}"]';
    const text = withOption(`imageConfig: {command: ${command}}`);
    expect(ordersOf(planOf(text), 'us').settings.imageConfig?.command).toEqual(JSON.parse(command));
  });

  it('is no place for credentials', () => {
    const text = withOption('imageConfig: {command: [--key, AKIAIOSFODNN7EXAMPLE]}');
    expect(codes(text)).toEqual(['secret-literal']);
  });

  it.each([
    ['entryPoint', `[${Array.from({ length: 1501 }, () => 'a').join(', ')}]`],
    ['command', `[${Array.from({ length: 1501 }, () => 'a').join(', ')}]`],
    ['workingDirectory', `/${'a'.repeat(1000)}`],
  ])('has room for as much as Lambda takes: %s', (part, value) => {
    expect(codes(withOption(`imageConfig: {${part}: ${value}}`))).toEqual(['image-config']);
    const shorter = value.replace(/a(, )?/, '');
    expect(codes(withOption(`imageConfig: {${part}: ${shorter}}`))).toEqual([]);
  });
});

describe('a plan of a service with a container image', () => {
  /** What is said of the file's plan when one function of it is changed. */
  function problemsWith(change: (one: FunctionPlan) => object): string[] {
    const plan = planOf(file());
    const [target] = plan.targets;
    if (target === undefined) throw new Error('There is no target.');
    target.functions = target.functions.map((one) => ({ ...one, ...change(one) }));
    const result = checkPlan(plan);
    return 'problems' in result ? result.problems : [];
  }

  const AT = 'targets[0].functions[0]';
  const imageUri = `${REPOSITORY}:1.4.0`;

  it('is accepted, by its tag or pinned to its digest', () => {
    expect(problemsWith(() => ({}))).toEqual([]);
    expect(problemsWith(() => ({ package: { imageUri, codeSha256: DIGEST } }))).toEqual([]);
  });

  it.each<[what: string, change: (one: FunctionPlan) => object, place: string]>([
    [
      'address',
      () => ({ package: { imageUri: 'orders:1' } }),
      'package.imageUri: "orders:1" is not',
    ],
    [
      'region',
      () => ({ package: { imageUri: imageUri.replace('us-east-1', 'eu-west-1') } }),
      'package.imageUri: The image is in eu-west-1',
    ],
    ['digest', () => ({ package: { imageUri, codeSha256: 'abc' } }), 'package.codeSha256: '],
    [
      'field of zip files',
      () => ({ package: { imageUri, versionId: '1' } }),
      'package.versionId: ',
    ],
    ['field missing', () => ({ package: { key: 'orders.zip' } }), 'package: "bucket" is missing'],
    [
      'placeholder',
      () => ({ package: { imageUri: `${REPOSITORY}:\${SHA}` } }),
      'package.imageUri: "${SHA}" is not filled in here.',
    ],
    [
      'handler',
      ({ settings }) => ({ settings: { ...settings, handler: 'index.handler' } }),
      'settings.handler: A container image has no handler.',
    ],
    [
      'runtime management',
      () => ({ functionWide: { runtimeManagementConfig: { updateRuntimeOn: 'Auto' } } }),
      'functionWide.runtimeManagementConfig: A container image has no runtimeManagementConfig.',
    ],
    [
      'replaced code',
      () => ({ replacedCode: 's3://packages/replaced/' }),
      'replacedCode: Of a container image no replaced code has to be kept.',
    ],
  ])('is told the exact place of what is wrong with it: %s', (_what, change, place) => {
    const [problem = ''] = problemsWith(change);
    expect(problem.slice(0, AT.length + 1 + place.length)).toBe(`${AT}.${place}`);
  });

  it('is missed handler and runtime where it is a zip file', () => {
    const zip = { bucket: 'packages', key: 'orders.zip' };
    expect(problemsWith(() => ({ package: zip }))).toEqual([
      `${AT}: Nothing gives handler and runtime to the function "orders" at the target "us".`,
    ]);
  });

  it('is refused imageConfig where it is a zip file', () => {
    const problems = problemsWith(({ settings }) => ({
      package: { bucket: 'packages', key: 'orders.zip' },
      settings: { ...settings, handler: 'a.b', runtime: 'nodejs24.x', imageConfig: {} },
    }));
    expect(problems).toEqual([
      `${AT}.settings.imageConfig: The function is a zip file, and has no imageConfig.`,
    ]);
  });
});
