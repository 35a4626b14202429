import type { Command } from 'commander';
import type { DeployRollbackOptions } from '../../commands/deployRollback.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withReason, withWhich } from './options.js';

export function addDeployRollback(deploy: Command, console: Console, run: Runner): void {
  const rollback = deploy
    .command('rollback')
    .description('Roll a running deployment back: every target that has not ended.');
  withReason(withWhich(rollback).option('-t, --target <name>', 'only this target'))
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
It goes on by itself: see how with sluice deploy watch.

Examples:
  sluice deploy rollback -n shop --comment "wrong release"
  sluice deploy rollback -n shop -t prod`,
    )
    .action(async (options: DeployRollbackOptions) => {
      const { deployRollback } = await import('../../commands/deployRollback.js');
      await run(options.output, () => deployRollback(options, console));
    });
}
