import { describe, expect, it } from '@jest/globals';
import { damaged } from './damage.js';
import { SHOP } from './support.js';
import { expectSurvival } from './survival.js';

/** `npm run fuzz` goes on from here. */
const RUNS = 1000;

describe('a file that was damaged at random', () => {
  it(`is a plan or gets an error with a position, ${RUNS} times`, () => {
    expect.hasAssertions();
    for (let seed = 0; seed < RUNS; seed++) expectSurvival(damaged(SHOP, seed), String(seed));
  });
});
