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

Examples:
  sluice deploy watch
  sluice deploy watch -n shop -o json

${exitCodesHelp()}`,
    )
    .action(async (options: DeployWatchOptions) => {
      const { deployWatch } = await import('../../commands/deployWatch.js');
      await run(options.output, () => deployWatch(options, console));
    });
}
