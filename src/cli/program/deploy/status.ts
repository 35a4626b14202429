import type { Command } from 'commander';
import type { DeployStatusOptions } from '../../commands/deployStatus.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withWhich } from './options.js';

export function addDeployStatus(deploy: Command, console: Console, run: Runner): void {
  const status = deploy
    .command('status')
    .description('Show a deployment: of an application, with an id, or whichever runs.');
  withWhich(status)
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
The exit code is 0 however the deployment is, and when none runs.

Examples:
  sluice deploy status
  sluice deploy status -n shop`,
    )
    .action(async (options: DeployStatusOptions) => {
      const { deployStatus } = await import('../../commands/deployStatus.js');
      await run(options.output, () => deployStatus(options, console));
    });
}
