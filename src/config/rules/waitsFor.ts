import type { TargetFact } from './facts.js';

/** Tells whether one target waits for another one, be it by way of further targets. */
export function waitsFor(
  targets: readonly TargetFact[],
): (target: string, other: string) => boolean {
  const dependencies = new Map(
    targets.map(({ name, dependsOn }) => [name.value, dependsOn.map(({ value }) => value)]),
  );
  return (target, other) => {
    const seen = new Set([target]);
    const left = [target];
    for (let name = left.pop(); name !== undefined; name = left.pop())
      for (const next of dependencies.get(name) ?? []) {
        if (next === other) return true;
        if (!seen.has(next)) left.push(next);
        seen.add(next);
      }
    return false;
  };
}
