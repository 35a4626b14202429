import { accountOf } from './arns.js';
import type { TargetPlan } from './plan.js';

type Named = Pick<TargetPlan, 'name' | 'dependsOn'>;

/** The first dependency cycle, as the names along it with the first repeated at the end. */
export function findCycle(targets: readonly Named[]): string[] | undefined {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): string[] | undefined => {
    if (finished.has(name)) return undefined;
    const start = path.indexOf(name);
    if (start !== -1) return [...path.slice(start), name];
    path.push(name);
    for (const dependency of byName.get(name)?.dependsOn ?? []) {
      const cycle = visit(dependency);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    finished.add(name);
    return undefined;
  };
  for (const { name } of targets) {
    const cycle = visit(name);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
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
