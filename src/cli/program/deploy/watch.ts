import type { Command } from 'commander';
import type { DeployWatchOptions } from '../../commands/deployWatch.js';
import type { Console } from '../../console.js';
import { exitCodesHelp } from '../../exitCodes.js';
import type { Runner } from '../runner.js';
import { outputOption, withWhich } from './options.js';

export function addDeployWatch(deploy: Command, console: Console, run: Runner): void {
  withWhich(deploy.command('watch').description('Show a deployment until it has ended.'))
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Ctrl-C leaves the deployment alone. At a terminal you are asked for approvals; Enter means no.
One that waits for its turn, named with its id, is followed into its run.

Examples:
  sluice deploy watch
  sluice deploy watch -n shop -o json
  sluice deploy watch -n shop -i 2f64f487-5a0b-4d1c-9c53-0c3b6f1f8a55

${exitCodesHelp()}`,
    )
    .action(async (options: DeployWatchOptions) => {
      const { deployWatch } = await import('../../commands/deployWatch.js');
      await run(options.output, () => deployWatch(options, console));
    });
}
