import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import type { Plan } from '../../../src/domain/plan.js';
import { damaged } from '../damage.js';
import { SHOP } from '../support.js';
import { type FileData, validFiles } from '../validFiles.js';
import { expectSurvivalOf } from '../survival.js';
import { type Files, NAME, readParts } from './parts.js';

const text = (data: unknown) => stringify(data, { aliasDuplicateObjects: false });

/** The plan of files, of which something may be unused. */
function planIn(first: string, files: Files = {}): Plan {
  const { plan, diagnostics } = readParts(first, files);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return plan;
}

/** The keys of a file dealt out to so many files, which include each other in a row. */
function dealt(file: FileData, count: number, numbers: Iterator<number>): string[] {
  const files: FileData[] = Array.from({ length: count }, (_, index) =>
    index + 1 < count ? { version: 'v1', include: `part-${index + 1}.yaml` } : { version: 'v1' },
  );
  for (const [key, value] of Object.entries(file)) {
    const at = Number(numbers.next().value) % count;
    (files[at] ?? {})[key] = value;
  }
  return files.map(text);
}

describe('a deployment', () => {
  it('means the same in one file and in several', () => {
    fc.assert(
      fc.property(
        validFiles,
        fc.integer({ min: 2, max: 5 }),
        fc.infiniteStream(fc.nat()),
        (file, count, numbers) => {
          const [first = '', ...others] = dealt(file, count, numbers);
          const parts = others.map((part, index) => [`part-${index + 1}.yaml`, part] as const);
          expect(planIn(first, Object.fromEntries(parts))).toEqual(planIn(text(file)));
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('files that were damaged at random', () => {
  const RUNS = 300;
  const include = 'include: [../shared/a.yaml, b.yaml]\n';

  it(`are a plan or get errors with positions, ${RUNS} times`, () => {
    expect.hasAssertions();
    for (let seed = 0; seed < RUNS; seed++) {
      const included = new Map([
        ['../shared/a.yaml', damaged(`include: ../b.yaml\n${SHOP}`, seed)],
        ['b.yaml', damaged(SHOP, seed + RUNS)],
        ['../b.yaml', damaged(`include: shared/a.yaml\n${SHOP}`, seed + 2 * RUNS)],
      ]);
      expectSurvivalOf({ name: NAME, text: damaged(include + SHOP, seed), included }, String(seed));
    }
  });
});
