import type { Command } from 'commander';
import type { DeployPlanOptions } from '../../commands/deployPlan.js';
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
type GivenOptions = Omit<DeployPlanOptions, 'file' | 'asked'> & {
  file?: string;
} & AskedOptions;

const EXAMPLES = `
The workers look with the deploy roles, and write nothing. What would make the deployment fail is a
problem, and the exit code is then 4; what is only probable is a warning.

Examples:
  sluice deploy plan -f deploy.yaml
  sluice deploy plan -f deploy.yaml -t staging --detailed-exitcode
  sluice deploy plan -f deploy.yaml -o json`;

export function addDeployPlan(deploy: Command, console: Console, run: Runner): void {
  const plan = deploy
    .command('plan')
    .description('Show what a deployment would change and what would fail, without writing.')
    .option(FILE, 'the deployment file; - for standard input (required)');
  withAskedOptions(plan.addOption(nameOption('; by default the one that the file names')))
    .option(...STRICT_ARTIFACTS)
    .option('--detailed-exitcode', 'exit with 8 instead of 0 when something would change')
    .option(
      '--dry-run-code',
      'ask AWS whether it takes the packages, with UpdateFunctionCode as a dry run: it changes ' +
        'nothing, but needs that permission and is a write in audit trails',
    )
    .addOption(outputOption())
    .addHelpText('after', `${EXAMPLES}\n\n${exitCodesHelp()}`)
    .action(async (given: GivenOptions, command: Command) => {
      const { file, ...options } = gathered(given);
      const path = required(file, FILE, command);
      const { deployPlan } = await import('../../commands/deployPlan.js');
      await run(options.output, () => deployPlan({ ...options, file: path }, console));
    });
}
