import { describe, expect, it } from '@jest/globals';
import { coveredBlocks, expectCovered, unusedEntries } from './support/coverage.js';

const blocks = coveredBlocks();

describe('the examples of the documentation', () => {
  it.each(blocks)('are run or checked: $place', (block) => {
    expectCovered(block);
  });

  it('are all there that anything is said to run or check', () => {
    expect(unusedEntries()).toEqual([]);
    expect(blocks.length).toBeGreaterThan(40);
  });
});
