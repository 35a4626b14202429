import { describe, expect, it } from '@jest/globals';
import { codes, diagnose, marked, SHOP, shopWith } from './support.js';

describe('a key that the language does not have', () => {
  it.each([
    [
      'aplication',
      'kind: lambda',
      'kind: lambda\n⟦aplication⟧: Shop',
      'Did you mean "application"?',
    ],
    ['webhoks', 'kind: lambda', 'kind: lambda\n⟦webhoks⟧: []', 'Did you mean "webhooks"?'],
    ['dependOn', 'dependsOn: [staging]', '⟦dependOn⟧: [staging]', 'Did you mean "dependsOn"?'],
    ['setWieght', '- setWeight: 50', '- ⟦setWieght⟧: 50', 'Did you mean "setWeight"?'],
    ['wait', 'weight: 10', '⟦percentage⟧: 10', 'Use weight.'],
    ['bluegreen', '  atOnce:\n    canary:', '  atOnce:\n    ⟦blueGreen⟧:', 'Use canary.'],
    ['memorysize', 'memorySize', '⟦memorysize⟧', 'Did you mean "memorySize"?'],
  ])('is told with the nearest one that it has: %s', (_key, passage, wrong, remedy) => {
    const { text, position } = marked(shopWith(passage, wrong));
    expect(diagnose(text)).toContainEqual(
      expect.objectContaining({ code: 'unknown-key', remedy, ...position }),
    );
  });

  it('is not told a second time as the missing one that was meant', () => {
    expect(codes(shopWith('application: Shop', 'aplication: Shop'))).toEqual(['unknown-key']);
  });
});

describe('a value of the wrong kind', () => {
  it.each([
    ['missing-key', '  staging:\n    account: shop-staging\n', '  ⟦staging⟧:\n'],
    ['missing-key', 'version: v1\nkind', '⟦kind⟧'],
    ['missing-key', 'functionName: stock\n    path:', '⟦path⟧:'],
    ['unsupported-version', 'version: v1', 'version: ⟦v2⟧'],
    ['unsupported-version', 'version: v1', 'version: ⟦1⟧'],
    ['unsupported-kind', 'kind: lambda', 'kind: ⟦kubernetes⟧'],
    ['wrong-value', 'unit: Minutes', 'unit: ⟦days⟧'],
    ['wrong-value', 'strategy: enqueueOne', 'strategy: ⟦rejct⟧'],
    ['wrong-type', 'handler: stock.handler', 'handler: ⟦[stock.handler]⟧'],
    ['wrong-type', 'memorySize: 512', 'memorySize: ⟦"512"⟧'],
    ['wrong-type', 'memorySize: 512', 'memorySize: ⟦512.5⟧'],
    ['wrong-type', 'LEVEL: info', '⟦LEVEL⟧:'],
    ['wrong-type', 'duration: 45', 'duration: ⟦.nan⟧'],
    ['wrong-type', 'untilApproved: true', 'untilApproved: ⟦yes⟧'],
    ['wrong-type', 'abortOnFailedJudgment: true', 'abortOnFailedJudgment: ⟦1⟧'],
    ['wrong-type', 'numberOfJudgmentRuns: 5', 'numberOfJudgmentRuns: ⟦2.5⟧'],
    ['wrong-value', 'method: post', 'method: ⟦fetch⟧'],
    ['wrong-value', 'lookbackMethod: sliding', 'lookbackMethod: ⟦jumping⟧'],
    ['wrong-value', 'queries: [latency]', 'queries: ⟦[]⟧'],
    ['wrong-type', 'setWeight: 50', 'setWeight: ⟦half⟧'],
    ['wrong-type', 'weight: 10', 'weight: ⟦[10]⟧'],
    ['wrong-type', 'dependsOn: [staging]', 'dependsOn: ⟦staging⟧'],
    ['wrong-type', '  - targets: [production]', '  - ⟦production⟧\n  - targets: [production]'],
  ])('is refused where it stands: %s, %s → %s', (code, passage, wrong) => {
    const { text, position } = marked(shopWith(passage, wrong));
    expect(diagnose(text)).toContainEqual(expect.objectContaining({ code, ...position }));
  });

  it('is named with the place it has in the deployment, and what should stand there', () => {
    const [found] = diagnose(shopWith('    region: eu-west-1\n', ''));
    expect(found).toMatchObject({
      path: 'targets.staging',
      message: '"region" is missing from targets.staging.',
      remedy: 'Add "region": an AWS region, such as us-east-1.',
    });
  });
});

describe('keys that begin with x-', () => {
  it('are free at the top level', () => {
    expect(codes(`${SHOP}x-anything: [{what: ever}, 1]\n`)).toEqual([]);
  });

  it('are keys like others further in', () => {
    expect(codes(shopWith('    region: eu-west-1', '    region: eu-west-1\n    x-a: 1'))).toEqual([
      'unknown-key',
    ]);
  });
});

describe('a file of another kind', () => {
  it('gets nothing but that it is one', () => {
    const text = 'version: v1\nkind: kubernetes\napplication: shop\nmanifests: [{path: a.yaml}]\n';
    expect(codes(text)).toEqual(['unsupported-kind']);
  });

  it('gets everything else as well when its kind is only misspelt', () => {
    expect(codes('version: v1\nkind: lamda\n')).toEqual(expect.arrayContaining(['missing-key']));
  });
});
