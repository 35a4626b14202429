import { type Command, Option } from 'commander';
import type { RunState } from '../../../client.js';
import type { DeployListOptions } from '../../commands/deployList.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { limitOption } from './limit.js';
import { outputOption } from './options.js';

/** The type sees to it that none is missing. */
const STATES: Readonly<Record<RunState, true>> = {
  running: true,
  succeeded: true,
  rolledBack: true,
  failed: true,
  cancelled: true,
  terminated: true,
  timedOut: true,
};

export function addDeployList(deploy: Command, console: Console, run: Runner): void {
  deploy
    .command('list')
    .description('List applications, each with its newest deployment: those that run first.')
    .addOption(
      new Option('--state <state>', 'only those whose newest deployment is so').choices(
        Object.keys(STATES),
      ),
    )
    .addOption(
      new Option(
        '--waiting',
        'only what waits for a person, gate by gate: approvals and stuck rollbacks',
      ).conflicts('state'),
    )
    .addOption(limitOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Deployments that run are asked where they wait, each for 2 seconds at most; where no worker answers,
the list says so. Below a deployment stands the one that waits for its turn. Temporal remembers
deployments until the retention of the namespace is over.

--waiting lists gates with their roles, deadlines and commands, the next deadline first. Pauses end by
themselves, and callbacks are other systems': the list without it has them.

Examples:
  sluice deploy list
  sluice deploy list --waiting
  sluice deploy list --state failed -o json | jq -r .deployment.application`,
    )
    .action(async (options: DeployListOptions) => {
      const { deployList } = await import('../../commands/deployList.js');
      await run(options.output, () => deployList(options, console));
    });
}
