import { describe, expect, it } from '@jest/globals';
import { fits } from '../../src/settings/pattern.js';

describe('a pattern', () => {
  it.each([
    ['pay-*', 'pay-orders', true],
    ['pay-*', 'pay-', true],
    ['pay-*', 'repay-orders', false],
    ['*', '', true],
    ['*', 'anything at all', true],
    ['*-eu', 'pay-eu', true],
    ['*-eu', 'pay-eu-2', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['exact', 'exact', true],
    ['exact', 'exactly', false],
    ['', '', true],
    ['', 'x', false],
    ['p.y', 'pay', false],
    ['p?y', 'pay', false],
    ['[ab]', 'a', false],
    ['arn:aws:iam::222222222222:role/*', 'arn:aws:iam::222222222222:role/deploy', true],
    ['arn:aws:iam::222222222222:role/*', 'arn:aws:iam::333333333333:role/deploy', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  it('stays quick however many stars it has', () => {
    expect(fits(`${'a*'.repeat(500)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});
