/** Looking for the nearest of many names takes time, so it is done for what people will read. */
export const MAX_SUGGESTIONS = 20;

/** Nobody misspells longer words; comparing two of them takes the product of their lengths. */
const LONGEST_WORD = 64;

/** The candidate that a misspelt word most likely stands for, if one is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= limit) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}

/** How many characters to insert, remove, change or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const oneStep = 1 + Math.min(at(last, column), at(current, column - 1));
      const swap = isSwap ? 1 + at(beforeLast, column - 2) : Infinity;
      current[column] = Math.min(oneStep, swap, at(last, column - 1) + change);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
