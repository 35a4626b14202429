import type { Command } from 'commander';
import type { DeployCancelOptions } from '../../commands/deployCancel.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withReason, withWhich } from './options.js';

export function addDeployCancel(deploy: Command, console: Console, run: Runner): void {
  withReason(
    withWhich(
      deploy.command('cancel').description('Cancel a deployment, or take one out of the queue.'),
    ),
  )
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Targets that have begun go back, unless they have all traffic already; those that have ended stay as
they are. The command says which do what, as far as that is known within ten seconds, and does not
wait for the end. Exit code 0 says that it was asked for, and 2 that the deployment had ended before.
No worker is needed to ask for it. A deployment that waits for its turn is taken out of the queue,
which a worker does: name it with its id.

Examples:
  sluice deploy cancel -n shop --comment "wrong release"
  sluice deploy cancel -n shop -i 2f64f487-5a0b-4d1c-9c53-0c3b6f1f8a55`,
    )
    .action(async (options: DeployCancelOptions) => {
      const { deployCancel } = await import('../../commands/deployCancel.js');
      await run(options.output, () => deployCancel(options, console));
    });
}
