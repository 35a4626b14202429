import type { Command } from 'commander';
import type { DeployRedeployOptions } from '../../commands/deployRedeploy.js';
import type { Console } from '../../console.js';
import { nameOption, required } from '../options.js';
import type { Runner } from '../runner.js';
import { outputOption } from './options.js';

const ID = '-i, --id <id>';

type GivenOptions = Omit<DeployRedeployOptions, 'id'> & { id?: string };

export function addDeployRedeploy(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('redeploy')
    .description('Run an earlier deployment again, with exactly the packages that it had.')
    .option(ID, 'the earlier deployment (required)')
    .addOption(nameOption('; without it every one is looked through for the id'))
    .option('-w, --watch', 'show the deployment until it has ended; Ctrl-C leaves it alone')
    .option('--supersede', 'roll the deployment that runs back, and go next')
    .option('--started-by <who>', "who starts it; by default the CI system's user, or yours")
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
It goes through all its steps again. To give aliases back what they served, at once and without
steps, see sluice deploy rollback --to.

Example:
  sluice deploy redeploy -i 2f64f487-5a0b-4d1c-9c53-0c3b6f1f8a55 --watch`,
    )
    .action(async ({ id, ...options }: GivenOptions, command: Command) => {
      const given = { ...options, id: required(id, ID, command) };
      const { deployRedeploy } = await import('../../commands/deployRedeploy.js');
      await run(options.output, () => deployRedeploy(given, console));
    });
}
