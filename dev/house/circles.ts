import type { Graph } from './imports.js';

/** The groups in which each reaches each other by imports: none, where imports go one way. */
export function circlesOf(graph: Graph): string[][] {
  const reached = new Map([...graph.keys()].map((one) => [one, reachedFrom(graph, one)]));
  const seen = new Set<string>();
  const circles: string[][] = [];
  for (const [one, others] of reached) {
    if (seen.has(one) || !others.has(one)) continue;
    const circle = [...others].filter((other) => reached.get(other)?.has(one)).sort();
    for (const member of circle) seen.add(member);
    circles.push(circle);
  }
  return circles;
}

/** Itself is among them only if it is in a circle. */
function reachedFrom(graph: Graph, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const left = [...(graph.get(start) ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    left.push(...(graph.get(next) ?? []));
  }
  return reached;
}
