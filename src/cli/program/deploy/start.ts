import type { Command } from 'commander';
import type { DeployStartOptions } from '../../commands/deployStart.js';
import type { Console } from '../../console.js';
import { exitCodesHelp } from '../../exitCodes.js';
import {
  type AskedOptions,
  FILE,
  gathered,
  nameOption,
  required,
  STRICT_ARTIFACTS,
  withAskedOptions,
} from '../options.js';
import type { Runner } from '../runner.js';
import { outputOption } from './options.js';

/** As commander gives them: it does not check that there is a file. */
type GivenOptions = Omit<DeployStartOptions, 'file' | 'asked'> & {
  file?: string;
} & AskedOptions;

export function addDeployStart(deploy: Command, console: Console, run: Runner): void {
  const start = deploy
    .command('start')
    .description('Start a deployment. It runs on the workers, whether or not it is watched.')
    .option(FILE, 'the deployment file; - for standard input (required)')
    .option('-w, --watch', 'show the deployment until it has ended; Ctrl-C leaves it alone')
    .option(...STRICT_ARTIFACTS)
    .option('--supersede', 'roll the deployment that runs back, and go next')
    .option('--plan-first', 'show what would change, and ask before it starts')
    .option(
      '--started-by <who>',
      "who starts it, for the records; by default the CI system's user, or yours",
    )
    .option('--commit <commit>', 'the commit that is deployed; by default as CI or git say');
  withAskedOptions(start.addOption(nameOption('; by default the one that the file names')))
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Examples:
  sluice deploy start -f deploy.yaml --watch
  sluice deploy start -f deploy.yaml -n shop-canary -t staging --add-context team=checkout

${exitCodesHelp()}`,
    )
    .action(async (given: GivenOptions, command: Command) => {
      const { file, ...options } = gathered(given);
      const path = required(file, FILE, command);
      const { deployStart } = await import('../../commands/deployStart.js');
      await run(options.output, () => deployStart({ ...options, file: path }, console));
    });
}
