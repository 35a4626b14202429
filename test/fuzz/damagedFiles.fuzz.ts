import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { TEMPLATES } from '../../src/cli/commands/template.js';
import { damaged } from '../config/damage.js';
import { SHOP } from '../config/support.js';
import { expectSurvival, expectSurvivalOf } from '../config/survival.js';

const RUNS = 10_000;

/** Each reads three files. */
const RUNS_TOGETHER = 3000;

const sources = [
  SHOP,
  ...TEMPLATES.map((name) => readFileSync(join(root, `examples/${name}.yaml`), 'utf8')),
];

describe('a file that was damaged at random', () => {
  it(`is a plan or gets an error with a position, ${RUNS} times`, () => {
    expect.hasAssertions();
    for (let seed = 0; seed < RUNS; seed++) {
      const source = sources[seed % sources.length] ?? SHOP;
      expectSurvival(damaged(source, 1_000_000 + seed), String(seed));
    }
  });

  it(`is that beside others that it includes, ${RUNS_TOGETHER} times`, () => {
    expect.hasAssertions();
    for (let seed = 0; seed < RUNS_TOGETHER; seed++) {
      const source = sources[seed % sources.length] ?? SHOP;
      const text = damaged(`include: [a.yaml, b.yaml]\n${source}`, 2_000_000 + seed);
      const part = (number: number) =>
        damaged(`include: a.yaml\n${SHOP}`, 3_000_000 + 2 * seed + number);
      const included = new Map([
        ['a.yaml', part(0).subarray('include: a.yaml\n'.length)],
        ['b.yaml', part(1)],
      ]);
      expectSurvivalOf({ text, included }, String(seed));
    }
  });
});
