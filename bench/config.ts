/**
 * What reading a deployment file costs.
 *
 * - Files of 1, 100 and 2,000 targets, each read beside the one before: the cost of a target must
 *   not grow with their number.
 * - A file of 2,000 targets that says once what is alike, beside the one that writes it out.
 * - `sluice config validate` on a small file and `sluice --help`, beside a `node` that does nothing.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../dev/setup/paths.js';
import { readDeployment } from '../dist/config/index.js';
import { fileOf, shortFileOf } from './files.js';
import { fastest, inTurn, median, text } from './measure.js';

/** How much more a target may cost in the largest file than in the file of 100. */
const MOST_GROWTH = 2;

/** How much longer a file may take that has to be written out for its targets. */
const MOST_FOR_SHORT = 1.3;

/** How much longer the command may take than a start of Node.js. */
const MOST_START = 4;

/** The same for help, which loads nothing but the command line. */
const MOST_HELP = 3;

function reading(): number {
  const rows = [1, 100, 2000].map((targets) => {
    const file = fileOf(targets);
    const ms = fastest(targets === 1 ? 200 : 8, () => planOf(file));
    return { targets, ms, each: ms / targets, kilobytes: Math.round(file.length / 1024) };
  });
  console.log('Reading a file (fastest of several):');
  for (const { targets, ms, each, kilobytes } of rows) {
    console.log(
      `  ${String(targets).padStart(5)} targets, ${String(kilobytes).padStart(3)} KiB: ${text(ms).padStart(8)}, ${text(each)} for each target`,
    );
  }
  const growth = (rows[2]?.each ?? 0) / (rows[1]?.each ?? 1);
  console.log(
    `  a target among 2000 costs ${growth.toFixed(2)} times one among 100 (limit ${MOST_GROWTH})`,
  );
  return growth;
}

/** How many times as long as the file that writes everything out the short one takes. */
function readingShort(): number {
  const times = inTurn(
    8,
    [fileOf(2000), shortFileOf(2000)].map((file) => () => planOf(file)),
  );
  const [long = NaN, short = NaN] = times.map((each) => Math.min(...each));
  const ratio = short / long;
  console.log(
    `  what is alike said once: ${text(short)} beside ${text(long)}, ${asLong(ratio, MOST_FOR_SHORT)}`,
  );
  return ratio;
}

function planOf(file: string): void {
  const { plan } = readDeployment(file, { deploymentId: 'bench' });
  if (plan === undefined) throw new Error('The file should be valid.');
}

/** How many times as long as a start of Node.js two commands take: one that reads, and help. */
function starting(): { validate: number; help: number } {
  const main = join(root, 'dist/cli/main.js');
  const validate = [main, 'config', 'validate', '-f', join(root, 'examples/basic.yaml')];
  const times = inTurn(15, [
    () => start(['-e', '0']),
    () => start(validate),
    () => start([main, '--help']),
  ]);
  const [node = NaN, reads = NaN, helps = NaN] = times.map(median);
  const ratios = { validate: reads / node, help: helps / node };
  console.log('Starting (median of 15, in turn):');
  console.log(`  node that does nothing: ${text(node)}`);
  console.log(`  sluice config validate: ${text(reads)}, ${asLong(ratios.validate, MOST_START)}`);
  console.log(`  sluice --help: ${text(helps)}, ${asLong(ratios.help, MOST_HELP)}`);
  return ratios;
}

function asLong(ratio: number, limit: number): string {
  return `${ratio.toFixed(2)} times as long (limit ${limit})`;
}

function start(args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
}

/** Whether all ratios are within their limits. */
export function benchConfig(): boolean {
  const growth = reading();
  const short = readingShort();
  const { validate, help } = starting();
  return (
    growth <= MOST_GROWTH && short <= MOST_FOR_SHORT && validate <= MOST_START && help <= MOST_HELP
  );
}
