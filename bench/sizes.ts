/**
 * What files cost that are made to be hard to read: each of 64 KiB beside one four
 * times as long, since the cost of a byte must not grow with their number.
 */
import { readDeployment, renderDiagnostics } from '../dist/config/index.js';
import { fastest, text as shown } from './measure.js';
import { shapes } from './shapes.js';

/** How much more a byte may cost in a file that is four times as long. */
const MOST_GROWTH = 3;

const SMALL = 64 * 1024;

function reading(file: string): number {
  return fastest(2, () => {
    const { diagnostics } = readDeployment(file, { deploymentId: 'bench' });
    renderDiagnostics(diagnostics, { fileName: 'bench', text: file, most: Infinity });
  });
}

/** Whether the ratio is within its limit. */
export function benchSizes(): boolean {
  const rows = Object.entries(shapes).map(([name, make]) => {
    const [small, large] = [make(SMALL), make(4 * SMALL)];
    const [first, second] = [reading(small), reading(large)];
    return { name, ms: second, growth: second / large.length / (first / small.length) };
  });
  const [worst] = rows.toSorted((a, b) => b.growth - a.growth);
  const [slowest] = rows.toSorted((a, b) => b.ms - a.ms);
  console.log(`Hostile files (${rows.length} kinds, fastest of 2):`);
  console.log(`  the slowest takes ${shown(slowest?.ms ?? NaN)}: ${slowest?.name}`);
  console.log(
    `  a byte costs at most ${worst?.growth.toFixed(2)} times as much in a file four times as long (limit ${MOST_GROWTH}): ${worst?.name}`,
  );
  return (worst?.growth ?? Infinity) <= MOST_GROWTH;
}
