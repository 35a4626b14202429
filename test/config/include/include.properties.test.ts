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

type Mapping = Record<string, unknown>;

/** What two files mean together, as the documentation has it. */
function together(under: unknown, over: unknown, path = ''): unknown {
  if (isMapping(under) && isMapping(over)) {
    const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
    return Object.fromEntries(
      keys.map((key) => [key, key in over ? together(under[key], over[key], key) : under[key]]),
    );
  }
  if (!Array.isArray(under) || !Array.isArray(over)) return over;
  const [general, particular] = [under as Mapping[], over as Mapping[]];
  if (['artifacts', 'lambda', 'trafficManagement'].includes(path))
    return [...general, ...particular];
  if (!['webhooks', 'queries'].includes(path)) return over;
  const names = particular.map(({ name }) => name);
  return [...general.filter(({ name }) => !names.includes(name)), ...particular];
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is made of files, and their errors: what is unused is said of the file itself alone. */
function saidOf(first: string, files: Files = {}): object {
  const { plan, diagnostics } = readParts(first, files);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { plan, errors: errors.map(({ code, message }) => `${code}: ${message}`).toSorted() };
}

describe('a file that includes another one', () => {
  it('means what the two of them mean together, by the rules for mappings and lists', () => {
    fc.assert(
      fc.property(validFiles, validFiles, (under, over) => {
        const written = text({ include: 'under.yaml', ...over });
        const found = saidOf(written, { 'under.yaml': text(under) });
        expect(found).toEqual(saidOf(text(together(under, over))));
      }),
      { numRuns: 100, seed: 1 },
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
