import { findCycle } from '../../domain/order.js';
import { MAX_TARGETS } from '../../domain/plan.js';
import type { Breach } from '../findings.js';
import { printable } from '../../domain/printable.js';
import type { TargetFact } from './facts.js';
import type { Rule } from './rule.js';

/** The most targets of one cycle that a message names. */
const LONGEST_CYCLE = 12;

/** The most cycles that are looked for: each of them takes another walk through the targets. */
const MAX_CYCLES = 50;

/** Finds the cycles that share no target with one found before. */
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
    const breaches: Breach[] = [];
    let left = targets;
    for (let cycle = cycleOf(left); cycle !== undefined; cycle = cycleOf(left)) {
      breaches.push(...breachOf(cycle, left));
      if (breaches.length === MAX_CYCLES) break;
      left = left.filter(({ name }) => !cycle?.includes(name.value));
    }
    return breaches;
  },
};

function cycleOf(targets: readonly TargetFact[]): string[] | undefined {
  return findCycle(
    targets.map(({ name, dependsOn }) => ({
      name: name.value,
      dependsOn: dependsOn.map((dependency) => dependency.value),
    })),
  );
}

function breachOf(cycle: readonly string[], targets: readonly TargetFact[]): Breach[] {
  const first = targets.findLast(({ name }) => name.value === cycle[0]);
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
