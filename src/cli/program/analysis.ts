import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AnalysisTryOptions } from '../commands/analysisTry.js';
import type { Console } from '../console.js';
import { type AskedOptions, FILE, gathered, required, withAskedOptions } from './options.js';
import type { Runner } from './runner.js';

const QUERY = '--query <name>';

type GivenTryOptions = Omit<AnalysisTryOptions, 'file' | 'asked' | 'query'> & {
  file?: string;
  query?: string;
} & AskedOptions;

/** The commands about analyses. They ask metric providers from here. */
export function addAnalysis(program: Command, console: Console, run: Runner): void {
  const analysis = program.command('analysis').description('Ask what analyses would ask.');
  const attempt = analysis
    .command('try')
    .description('Ask one query once, and judge the answer. No deployment is needed.')
    .option(FILE, 'the deployment file; - for standard input (required)')
    .option(QUERY, 'the query (required)');
  withAskedOptions(attempt)
    .option('--function <name>', 'the function, where the target has several')
    .option('--version <number>', 'the value of {{sluice.version}}')
    .option('--previous-version <number>', 'the value of {{sluice.previousVersion}}')
    .addOption(
      new Option('--weight <percent>', 'the value of {{sluice.weight}}').argParser(percent),
    )
    .addOption(
      new Option(
        '--look-back <time>',
        'how far to look back, such as 30s, 5m or 1h (default: the interval of the analysis)',
      ).argParser(milliseconds),
    )
    .option('--provider <name>', 'ask this provider instead')
    .addOption(
      new Option('-o, --output <format>', 'text, or one JSON object')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
The provider is asked from this machine, with the settings file that SLUICE_SETTINGS names and, for
CloudWatch, with the AWS identity of the environment.

Exit codes:
  0    the answer is within the limits
  2    the command, the file or the settings cannot be used
  4    it is not, or there is no answer

Examples:
  sluice analysis try -f deploy.yaml --query error-rate --version 7 --previous-version 6
  sluice analysis try -f deploy.yaml --query latency -t production --look-back 1h -o json`,
    )
    .action(async (given: GivenTryOptions, command: Command) => {
      const { file, query, ...options } = gathered(given);
      const asked = {
        file: required(file, FILE, command),
        query: required(query, QUERY, command),
      };
      const { analysisTry } = await import('../commands/analysisTry.js');
      await run(options.output, () => analysisTry({ ...options, ...asked }, console));
    });
}

function percent(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number <= 100) return number;
  throw new InvalidArgumentError('Write a number from 0 to 100.');
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string): number {
  const [, amount = '0', unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (UNITS[unit] ?? 0);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('Write a number with a unit, such as 30s, 5m or 1h.');
}
