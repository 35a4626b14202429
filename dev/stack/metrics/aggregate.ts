import type { Sample } from './series.js';

const AGGREGATES: Partial<Record<string, (values: number[]) => number>> = {
  Sum: sum,
  Avg: (values) => sum(values) / values.length,
  Min: (values) => Math.min(...values),
  Max: (values) => Math.max(...values),
  Count: (values) => values.length,
};

/**
 * The samples of each group as one.
 *
 * @param operator - as the grammar calls it
 * @param by - the labels that a group has in common
 * @returns undefined when there is no such operator here
 */
export function aggregated(
  operator: string,
  by: readonly string[],
  samples: readonly Sample[],
): Sample[] | undefined {
  const aggregate = AGGREGATES[operator];
  if (aggregate === undefined) return undefined;
  const groups = new Map<string, number[]>();
  for (const { labels, value } of samples) {
    const group = JSON.stringify(by.map((name) => [name, labels.get(name) ?? '']));
    groups.set(group, [...(groups.get(group) ?? []), value]);
  }
  return [...groups].map(([group, values]) => ({
    labels: new Map(JSON.parse(group) as [string, string][]),
    value: aggregate(values),
  }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
