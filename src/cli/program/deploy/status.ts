import { type Command, Option } from 'commander';
import type { DeployStatusOptions } from '../../commands/deployStatus.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption } from './options.js';

export function addDeployStatus(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('status')
    .description('Show a deployment: of an application, with an id, or whichever runs.')
    .option('-n, --name <application>', 'the application')
    .addOption(new Option('-i, --id <id>', 'the deployment id').conflicts('name'))
    .addOption(outputOption())
    .addHelpText('after', '\nThe exit code is 0 however the deployment is, and when none runs.')
    .action(async (options: DeployStatusOptions) => {
      const { deployStatus } = await import('../../commands/deployStatus.js');
      await run(options.output, () => deployStatus(options, console));
    });
}
