import type { Command } from 'commander';
import type { DeployCancelOptions } from '../../commands/deployCancel.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withWhich } from './options.js';

export function addDeployCancel(deploy: Command, console: Console, run: Runner): void {
  withWhich(
    deploy
      .command('cancel')
      .description('Cancel a deployment, which goes back, or take one out of the queue.'),
  )
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Targets that have ended stay as they are. No worker is needed to ask for it. A deployment that waits
for its turn is taken out of the queue, which a worker does: name it with its id.

Examples:
  sluice deploy cancel -n shop
  sluice deploy cancel -n shop -i 2f64f487-5a0b-4d1c-9c53-0c3b6f1f8a55`,
    )
    .action(async (options: DeployCancelOptions) => {
      const { deployCancel } = await import('../../commands/deployCancel.js');
      await run(options.output, () => deployCancel(options, console));
    });
}
