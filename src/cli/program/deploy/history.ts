import type { Command } from 'commander';
import type { DeployHistoryOptions } from '../../commands/deployHistory.js';
import type { Console } from '../../console.js';
import { NAME, nameOption, required } from '../options.js';
import type { Runner } from '../runner.js';
import { limitOption } from './limit.js';
import { outputOption } from './options.js';

type GivenOptions = Omit<DeployHistoryOptions, 'name'> & { name?: string };

export function addDeployHistory(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('history')
    .description('List the deployments of an application, newest first: who, what and how it went.')
    .addOption(nameOption(' (required)'))
    .addOption(limitOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Temporal remembers deployments until the retention of the namespace is over.

Example:
  sluice deploy history -n shop`,
    )
    .action(async (given: GivenOptions, command: Command) => {
      const options = { ...given, name: required(given.name, NAME, command) };
      const { deployHistory } = await import('../../commands/deployHistory.js');
      await run(options.output, () => deployHistory(options, console));
    });
}
