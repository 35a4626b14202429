const CELLS = 10;

/**
 * The traffic on the new version as a bar of ten cells: `██▒▒░░░░░░` has 20 percent, and is to have
 * 40 (or had 40, and is to have 20). Only nothing is drawn as nothing, and only everything as all.
 */
export function trafficBar({ actual, wanted }: { actual: number; wanted: number }): string {
  const [low, high] = [actual, wanted].map(cells).toSorted((one, other) => one - other);
  return ['█'.repeat(low!), '▒'.repeat(high! - low!), '░'.repeat(CELLS - high!)].join('');
}

function cells(percent: number): number {
  if (percent <= 0) return 0;
  if (percent >= 100) return CELLS;
  return Math.min(CELLS - 1, Math.max(1, Math.round((percent * CELLS) / 100)));
}
