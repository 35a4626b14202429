/**
 * What files and plans cost that are made to be hard to read: each of 64 KiB beside one four
 * times as long, since the cost of a byte must not grow with their number.
 */
import { checkPlan, readDeployment, renderDiagnostics } from '../dist/config/index.js';
import { fastest, text as shown } from './measure.js';
import { planShapes } from './planShapes.js';
import { shapes } from './shapes.js';

/** How much more a byte may cost in what is four times as long. */
const MOST_GROWTH = 3;

const SMALL = 64 * 1024;

/** What is made to be hard to read, and what reading it takes. */
interface Kind<Read> {
  /** In the plural. */
  noun: string;
  shapes: Readonly<Record<string, (bytes: number) => Read>>;
  bytesOf: (one: Read) => number;
  read: (one: Read) => void;
}

const FILES: Kind<string> = {
  noun: 'files',
  shapes,
  bytesOf: (file) => file.length,
  read(file) {
    const { diagnostics } = readDeployment(file, { deploymentId: 'bench' });
    renderDiagnostics(diagnostics, { fileName: 'bench', text: file, most: Infinity });
  },
};

/** For so long a worker answers nobody else. */
const PLANS: Kind<unknown> = {
  noun: 'plans',
  shapes: planShapes,
  bytesOf: (plan) => JSON.stringify(plan).length,
  read: (plan) => void checkPlan(plan),
};

/** Whether the ratio is within its limit for both. */
export function benchSizes(): boolean {
  return [bench(FILES), bench(PLANS)].every(Boolean);
}

function bench<Read>({ noun, shapes, bytesOf, read }: Kind<Read>): boolean {
  const reading = (one: Read): number => fastest(2, () => read(one));
  const rows = Object.entries(shapes).map(([name, make]) => {
    const [small, large] = [make(SMALL), make(4 * SMALL)];
    const [first, second] = [reading(small), reading(large)];
    return { name, ms: second, growth: second / bytesOf(large) / (first / bytesOf(small)) };
  });
  const [worst] = rows.toSorted((a, b) => b.growth - a.growth);
  const [slowest] = rows.toSorted((a, b) => b.ms - a.ms);
  console.log(`Hostile ${noun} (${rows.length} kinds, fastest of 2):`);
  console.log(`  the slowest takes ${shown(slowest?.ms ?? NaN)}: ${slowest?.name}`);
  console.log(
    `  a byte costs at most ${worst?.growth.toFixed(2)} times as much where there are four times as many (limit ${MOST_GROWTH}): ${worst?.name}`,
  );
  return (worst?.growth ?? Infinity) <= MOST_GROWTH;
}
