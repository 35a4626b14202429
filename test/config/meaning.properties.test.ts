import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { checkPlan, readDeployment } from '../../src/config/index.js';
import type { Plan } from '../../src/domain/plan.js';
import { longhand, reordered, spoken } from './sameMeaning.js';
import { DEPLOYMENT_ID, NOW } from './support.js';
import { validFiles, type FileData } from './validFiles.js';

const RUNS = { numRuns: 60, seed: 1 };

/** For what reads each file several times. */
const FEWER_RUNS = { numRuns: 20, seed: 1 };

function read(text: string) {
  return readDeployment(text, { deploymentId: DEPLOYMENT_ID, now: NOW });
}

function planOf(file: unknown): Plan {
  const { plan, diagnostics } = read(stringify(file, { aliasDuplicateObjects: false }));
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return plan;
}

/** The order of the targets is that of the file, and means something where two share a function. */
function byName(plan: Plan | undefined): Plan | undefined {
  const targets = plan?.targets.toSorted((a, b) => a.name.localeCompare(b.name));
  return plan && targets && { ...plan, targets };
}

describe('a file that is a deployment', () => {
  it('means a plan that is accepted as one', () => {
    fc.assert(
      fc.property(validFiles, (file) => {
        const plan = planOf(file);
        expect(checkPlan(JSON.parse(JSON.stringify(plan)))).toEqual({ plan });
      }),
      RUNS,
    );
  });

  it('means the same with its keys in another order', () => {
    fc.assert(
      fc.property(validFiles, fc.infiniteStream(fc.nat()), (file, numbers) => {
        const shuffled = reordered(file, (keys) => shuffle(keys, numbers)) as FileData;
        expect(byName(planOf(shuffled))).toEqual(byName(planOf(file)));
        const targetsInOrder = { ...shuffled, targets: file['targets'] };
        expect(planOf(targetsInOrder)).toEqual(planOf(file));
      }),
      RUNS,
    );
  });

  it('means the same with its shorthand and defaults written out', () => {
    fc.assert(
      fc.property(validFiles, (file) => {
        expect(planOf(longhand(file))).toEqual(planOf(file));
      }),
      RUNS,
    );
  });

  it('means the same said at once for many targets', () => {
    fc.assert(
      fc.property(validFiles, (file) => {
        const { context: _, ...plan } = planOf(spoken(file));
        const { context: _context, ...expected } = planOf(file);
        expect(plan).toEqual(expected);
      }),
      FEWER_RUNS,
    );
  });

  it('means the same written out for its targets', () => {
    fc.assert(
      fc.property(validFiles, (file) => {
        for (const each of [file, spoken(file)]) {
          const { plan, forTargets } = read(stringify(each, { aliasDuplicateObjects: false }));
          const { plan: again, diagnostics } = read(forTargets?.yaml() ?? '');
          const errors = diagnostics.filter(({ severity }) => severity === 'error');
          expect(errors).toEqual([]);
          expect(byName(again)).toEqual(byName(plan));
        }
      }),
      FEWER_RUNS,
    );
  });

  it('means the same in the style of JSON, and with anchors', () => {
    fc.assert(
      fc.property(validFiles, (file) => {
        expect(planOf(file)).toEqual(planOf(JSON.parse(JSON.stringify(file))));
        const json = JSON.stringify(file);
        const { plan } = readDeployment(json, { deploymentId: DEPLOYMENT_ID, now: NOW });
        expect(plan).toEqual(planOf(file));
      }),
      RUNS,
    );
  });
});

function shuffle(keys: string[], numbers: Iterator<number>): string[] {
  const ranked = keys.map((key) => [key, Number(numbers.next().value)] as const);
  return ranked.toSorted(([, a], [, b]) => a - b).map(([key]) => key);
}
