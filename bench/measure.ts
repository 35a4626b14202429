/** Milliseconds of the fastest run: what the work costs when nothing else gets in its way. */
export function fastest(runs: number, work: () => void): number {
  work();
  return Math.min(...Array.from({ length: runs }, () => timed(work)));
}

/** Milliseconds of each work's runs, taken in turn so that what else the machine does hits all. */
export function inTurn(runs: number, works: readonly (() => void)[]): number[][] {
  const times = works.map((): number[] => []);
  for (let run = 0; run < runs; run++)
    works.forEach((work, index) => times[index]?.push(timed(work)));
  return times;
}

/** As {@link inTurn}, for works that take their own time and give it. */
export async function timesInTurn(
  runs: number,
  works: readonly (() => Promise<number>)[],
): Promise<number[][]> {
  const times = works.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, work] of works.entries()) times[index]?.push(await work());
  }
  return times;
}

export function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function text(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}
