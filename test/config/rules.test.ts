import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/config/rules/list.js';
import { codes, diagnose, marked, SHOP, shopWith } from './support.js';

/** A rule, a passage of the example, what breaks the rule there, and what keeps it. */
type Case = [code: string, passage: string, wrong: string, ...right: string[]];

const cases: Case[] = [
  ['application-name', 'Shop', '⟦a:b⟧', 'Sweet Potato Lambda', 'a'.repeat(100)],
  ['application-name', 'Shop', `⟦${'a'.repeat(101)}⟧`],
  ['application-name', 'Shop', '⟦"  "⟧'],
  ['target-name', '  staging:\n', '  ⟦"it\'s"⟧:\n'],
  ['function-name', 'functionName: stock', 'functionName: ⟦s.tock⟧'],
  ['alias-name', 'live', '⟦"12"⟧', 'v2', 'a'.repeat(128)],
  ['alias-name', 'live', `⟦${'a'.repeat(129)}⟧`],
  [
    'role-arn',
    'arn:aws:iam::222222222222:role/Deploy',
    '⟦arn:aws:iam::22222222222:role/Deploy⟧',
    'arn:aws-us-gov:iam::222222222222:role/path/Deploy',
  ],
  ['role-arn', 'arn:aws:iam::222222222222:role/Run', '⟦arn:aws:iam::222222222222:user/Run⟧'],
  ['region', 'region: us-east-1', 'region: ⟦us-east⟧', 'region: us-gov-west-1'],
  ['bucket-name', 's3://shop-packages/orders.zip', '⟦s3://s/orders.zip⟧', 's3://a.b-c/d e.zip'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦https://shop-packages/orders.zip⟧'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦s3://shop-packages/⟧'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦s3:///orders.zip⟧'],
  ['package-key', 's3://shop-packages/orders.zip', `⟦s3://shop-packages/${'k'.repeat(1025)}⟧`],
  ['handler', 'stock.handler', '⟦stock handler⟧', 'package.Class::method'],
  ['handler', 'stock.handler', '⟦""⟧'],
  ['runtime', 'python3.13', '⟦Python 3⟧', 'provided.al2023'],
  ['variable-name', 'RETRIES: 3', '⟦RE-TRIES⟧: 3', 'retries2: 3'],
  [
    'layer-arn',
    'arn:aws:lambda:us-east-1:111111111111:layer:tools:4',
    '⟦arn:aws:lambda:us-east-1:111111111111:layer:tools⟧',
    'arn:aws:lambda:us-east-1:111111111111:layer:tools:40',
  ],
  ['architectures', '[arm64]', '⟦[arm64, x86_64]⟧', '[x86_64]'],
  ['architectures', '[arm64]', '⟦[arm]⟧'],
  [
    'role-account',
    'runAsIamRole: arn:aws:iam::222222222222:role/Run',
    'runAsIamRole: ⟦arn:aws:iam::111111111111:role/Run⟧',
  ],
  ['duplicate-target', '  production:\n', '  ⟦"staging "⟧:\n'],
  ['duplicate-strategy', 'artifacts:\n', '  ⟦" gradual"⟧: {canary: {steps: []}}\nartifacts:\n'],
  ['duplicate-artifact', 'functionName: stock', 'functionName: ⟦orders⟧'],
  ['duplicate-function', 'name: stock', 'name: ⟦orders⟧'],
  ['unknown-target', 'dependsOn: [staging]', 'dependsOn: [staging, ⟦stagin⟧]'],
  ['unknown-target', '- target: staging', '- target: ⟦integration⟧'],
  ['unknown-target', 'targets: [production]', 'targets: [production, ⟦prod⟧]'],
  ['unknown-strategy', 'strategy: atOnce', 'strategy: ⟦at-once⟧', 'strategy: gradual'],
  ['unused-strategy', 'strategies:\n', 'strategies:\n  ⟦other⟧: {canary: {steps: []}}\n'],
  [
    'dependency-cycle',
    '    strategy: atOnce\n',
    '    strategy: atOnce\n    constraints: {dependsOn: [⟦production⟧]}\n',
  ],
  ['dependency-cycle', 'dependsOn: [staging]', 'dependsOn: [⟦production⟧]', 'dependsOn: []'],
  [
    'target-without-function',
    'targets:\n',
    'targets:\n  ⟦idle⟧: {<<: *common, region: us-west-2}\n',
  ],
  [
    'artifact-without-target',
    'artifacts:\n',
    'artifacts:\n  - {functionName: ⟦idle⟧, path: s3://abc/d, type: zipFile}\n',
  ],
  ['function-without-artifact', 'name: stock', 'name: ⟦stocks⟧'],
  [
    'alias-without-function',
    'targets: [production]\n    alias:\n      - functionName: orders',
    'targets: [staging]\n    alias:\n      - functionName: ⟦stock⟧',
  ],
  [
    'second-alias',
    '        aliasName: live\n',
    '        aliasName: live\n      - functionName: orders\n        aliasName: ⟦next⟧\n',
    '        aliasName: live\n      - functionName: stock\n        aliasName: next\n',
  ],
  ['one-step-per-entry', '- setWeight: 50', '- ⟦{}⟧'],
  ['weight-range', 'setWeight: 50', 'setWeight: ⟦101⟧', 'setWeight: 100', 'setWeight: 10.5'],
  ['weight-range', 'weight: 10', 'weight: ⟦-1⟧', 'weight: 0'],
  ['weight-order', 'setWeight: 50', 'setWeight: ⟦5⟧'],
  ['weight-order', 'setWeight: 50', 'setWeight: ⟦10⟧'],
  ['deployment-timeout', 'duration: 45', 'duration: ⟦0.9⟧', 'duration: 1'],
  ['deployment-timeout', 'duration: 45', 'duration: ⟦1e300⟧'],
  ['memory-size', '512', '⟦127⟧', '128', '10240'],
  ['memory-size', '512', '⟦10241⟧'],
  ['function-timeout', 'timeout: 30', 'timeout: ⟦901⟧', 'timeout: 1', 'timeout: 900'],
  ['function-timeout', 'timeout: 30', 'timeout: ⟦0⟧'],
];

/** Rules about the number of targets have tests of their own. */
const ofNumbers = ['no-targets', 'too-many-targets', 'too-many-functions', 'too-many-steps'];

describe('a file that breaks a rule', () => {
  it.each(cases)('gets %s at the token that breaks it: %s → %s', (code, passage, wrong) => {
    const { text, position } = marked(shopWith(passage, wrong));
    expect(diagnose(text)).toContainEqual(expect.objectContaining({ code, ...position }));
  });

  it.each(
    cases.flatMap(([code, passage, , ...right]) => right.map((each) => [code, passage, each])),
  )('is told nothing of %s when it keeps it: %s → %s', (code = '', passage = '', right = '') => {
    expect(codes(shopWith(passage, right))).not.toContain(code);
  });

  it('is accepted when it breaks none', () => {
    expect(codes(SHOP)).toEqual([]);
  });
});

describe('the rules', () => {
  it('have a case here each', () => {
    const ofFiles = RULES.map(({ code }) => code).filter((code) => code !== 'deployment-id');
    expect(new Set([...cases.map(([code]) => code), ...ofNumbers])).toEqual(new Set(ofFiles));
  });

  it('have codes that differ', () => {
    expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  });
});

describe('several mistakes', () => {
  it('are all told in one run, in the order of the file', () => {
    const found = codes(
      shopWith('kind: lambda', 'kind: kubernetes')
        .replace('region: eu-west-1', 'regoin: eu-west-1')
        .replace('setWeight: 50', 'setWeight: 5')
        .replace('memorySize: 512', 'memorySize: lots')
        .replace('name: stock', 'name: stocks'),
    );
    expect(found).toEqual([
      'wrong-value',
      'unknown-key',
      'weight-order',
      'artifact-without-target',
      'wrong-type',
      'function-without-artifact',
    ]);
  });

  it('do not follow from one that has been told: what cannot be read is missed by no rule', () => {
    expect(codes(shopWith('    - target: staging', '    - target: [staging]'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/targets:\n(?: .*\n)+/, 'targets: production\n'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/strategies:\n(?: .*\n)+/, 'strategies: [atOnce]\n'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/artifacts:\n(?: .*\n)+/, 'artifacts: none\n'))).toEqual([
      'wrong-type',
    ]);
  });

  it('in what two targets share are told once, where it is written', () => {
    const { text, position } = marked(
      shopWith('gradual\ntargets', '⟦gradul⟧\ntargets').replace('strategy: atOnce', '<<: *common'),
    );
    const found = diagnose(text).filter(({ code }) => code === 'unknown-strategy');
    expect(found).toEqual([expect.objectContaining(position)]);
  });
});
