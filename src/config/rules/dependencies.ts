import { findCycles } from '../../domain/order.js';
import { MAX_TARGETS } from '../../domain/plan.js';
import type { Breach } from '../findings.js';
import { printable } from '../../domain/printable.js';
import type { TargetFact } from './facts.js';
import type { Rule } from './rule.js';

/** The most targets of one cycle that a message names. */
const LONGEST_CYCLE = 12;

/** The most cycles that are looked for. */
const MAX_CYCLES = 50;

/** Finds cycles of which no two share a target. */
export const dependencyCycle: Rule = {
  code: 'dependency-cycle',
  reason: 'Each of the targets would wait for another one, and none would ever start.',
  wrong: `targets:
  production: {constraints: {dependsOn: [staging]}}
  staging:
    account: shop
    deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
    region: us-west-2
    strategy: gradual
    constraints: {dependsOn: [production]}`,
  right: `targets:
  production: {constraints: {dependsOn: [staging]}}
  staging:
    account: shop
    deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
    region: us-west-2
    strategy: gradual`,
  breaches({ targets = [] }) {
    // More targets than that are refused anyway, and the search is recursive.
    if (targets.length > MAX_TARGETS) return [];
    const named = targets.map(({ name, dependsOn }) => ({
      name: name.value,
      dependsOn: dependsOn.map(({ value }) => value),
    }));
    const byName = new Map(targets.map((target) => [target.name.value, target]));
    return findCycles(named, MAX_CYCLES).flatMap((cycle) => breachOf(cycle, byName));
  },
};

function breachOf(cycle: readonly string[], byName: ReadonlyMap<string, TargetFact>): Breach[] {
  const first = byName.get(cycle[0] ?? '');
  const next = first?.dependsOn.find((dependency) => dependency.value === cycle[1]);
  if (next === undefined) return [];
  const message = `The targets wait for each other: ${cycleText(cycle)}.`;
  return [{ place: next.place, message, remedy: 'Remove one of these dependencies.' }];
}

function cycleText(cycle: readonly string[]): string {
  const names = cycle.map(printable);
  if (names.length > LONGEST_CYCLE)
    names.splice(LONGEST_CYCLE - 1, names.length - LONGEST_CYCLE, '…');
  return names.join(' → ');
}
