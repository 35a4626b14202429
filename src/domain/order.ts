import { accountOf } from './arns.js';
import type { TargetPlan } from './plan.js';

type Named = Pick<TargetPlan, 'name' | 'dependsOn'>;

/**
 * Dependency cycles, each as the names along it with the first repeated at the end. Of cycles that
 * share a target one is found. What is looked at is looked at once.
 *
 * @param most - how many are looked for
 */
export function findCycles(targets: readonly Named[], most = Infinity): string[][] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path = new Set<string>();
  const close = (first: string): void => {
    const names = [...path];
    const cycle = names.slice(names.indexOf(first));
    cycles.push([...cycle, first]);
    for (const name of cycle) done.add(name);
  };
  const visit = ({ name, dependsOn }: Named): void => {
    path.add(name);
    for (const dependency of dependsOn) {
      const next = byName.get(dependency);
      if (next === undefined || done.has(dependency)) continue;
      if (path.has(dependency)) close(dependency);
      else visit(next);
      // It has turned out to be on a cycle itself.
      if (done.has(name) || cycles.length >= most) break;
    }
    path.delete(name);
    done.add(name);
  };
  for (const target of byName.values()) {
    if (cycles.length >= most) break;
    if (!done.has(target.name)) visit(target);
  }
  return cycles;
}

/** The targets so that each comes after what it depends on, otherwise in the order of the file. */
export function startOrder<Target extends Named>(targets: readonly Target[]): Target[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const placed = new Set<string>();
  const order: Target[] = [];
  const place = (target: Target): void => {
    if (placed.has(target.name)) return;
    placed.add(target.name);
    for (const dependency of target.dependsOn) {
      const found = byName.get(dependency);
      if (found !== undefined) place(found);
    }
    order.push(target);
  };
  targets.forEach(place);
  return order;
}

/**
 * For each target the one it has to wait for, whatever that one's outcome, because both release the
 * same function in the same account and region. It follows {@link startOrder}, so that it can never
 * close a circle with dependsOn.
 */
export function releasesAfter(targets: readonly TargetPlan[]): Map<string, Set<string>> {
  const last = new Map<string, string>();
  const after = new Map<string, Set<string>>();
  for (const target of startOrder(targets)) {
    const previous = new Set<string>();
    for (const { name } of [...target.functions, ...(target.restores ?? [])]) {
      const place = JSON.stringify([accountOf(target.deployRoleArn), target.region, name]);
      const before = last.get(place);
      if (before !== undefined) previous.add(before);
      last.set(place, target.name);
    }
    after.set(target.name, previous);
  }
  return after;
}
