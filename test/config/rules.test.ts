import { describe, expect, it } from '@jest/globals';
import { codes, diagnose, marked, SHOP, shopWith } from './support.js';
import { BROKEN_RULES } from './brokenRules.js';

describe('a file that breaks a rule', () => {
  it.each(BROKEN_RULES)('gets %s at the token that breaks it: %s → %s', (code, passage, wrong) => {
    const { text, position } = marked(shopWith(passage, wrong));
    expect(diagnose(text)).toContainEqual(
      expect.objectContaining({ code, ...(wrong.includes('⟦') && position) }),
    );
  });

  it.each(
    BROKEN_RULES.flatMap(([code, passage, , ...right]) =>
      right.map((each) => [code, passage, each]),
    ),
  )('is told nothing of %s when it keeps it: %s → %s', (code = '', passage = '', right = '') => {
    expect(codes(shopWith(passage, right))).not.toContain(code);
  });

  it('is accepted when it breaks none', () => {
    expect(codes(SHOP)).toEqual([]);
  });
});

describe('several mistakes', () => {
  it('are all told in one run, in the order of the file', () => {
    const found = codes(
      shopWith('kind: lambda', 'kind: lamda')
        .replace('region: eu-west-1', 'regoin: eu-west-1')
        .replace('setWeight: 50', 'setWeight: 5')
        .replace('memorySize: 512', 'memorySize: lots')
        .replace('name: stock', 'name: stocks'),
    );
    expect(found).toEqual([
      'unsupported-kind',
      'unknown-key',
      'weight-order',
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
