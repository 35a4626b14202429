import type { Command } from 'commander';
import type { DeployCancelOptions } from '../../commands/deployCancel.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withWhich } from './options.js';

export function addDeployCancel(deploy: Command, console: Console, run: Runner): void {
  withWhich(deploy.command('cancel').description('Cancel a deployment: what has begun goes back.'))
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Targets that have ended stay as they are. No worker is needed to ask for it.

Example:
  sluice deploy cancel -n shop`,
    )
    .action(async (options: DeployCancelOptions) => {
      const { deployCancel } = await import('../../commands/deployCancel.js');
      await run(options.output, () => deployCancel(options, console));
    });
}
