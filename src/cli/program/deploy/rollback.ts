import { type Command, Option } from 'commander';
import type { DeployRollbackOptions } from '../../commands/deployRollback.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withReason, withWhich } from './options.js';

export function addDeployRollback(deploy: Command, console: Console, run: Runner): void {
  const rollback = deploy
    .command('rollback')
    .description(
      'Roll a running deployment back, or give back what was live before one that has ended.',
    );
  withReason(
    withWhich(rollback)
      .option('-t, --target <name>', 'only this target, of a deployment that runs')
      .addOption(
        new Option('--to <id>', 'give back what was live after this earlier deployment').conflicts([
          'id',
          'target',
        ]),
      )
      .option('-w, --watch', 'show it until it has ended; Ctrl-C leaves it alone'),
  )
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Of a deployment that runs, every target that has not ended is taken back. Of one that has ended,
every alias gets back what it served before, in one step, as a deployment of its own; a function
without an alias gets the code and settings of its version back, which takes longer.

Examples:
  sluice deploy rollback -n shop --comment "wrong release"
  sluice deploy rollback -n shop -t prod
  sluice deploy rollback -n shop --to 2f64f487-5a0b-4d1c-9c53-0c3b6f1f8a55 --watch`,
    )
    .action(async (options: DeployRollbackOptions) => {
      const { deployRollback } = await import('../../commands/deployRollback.js');
      await run(options.output, () => deployRollback(options, console));
    });
}
