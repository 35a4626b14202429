import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeployApprove(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'approve',
    description: 'Approve what waits for an approval.',
    gate: 'the only one that is open',
    help: `With several gates open nothing is approved, and the commands for each are shown.

Examples:
  sluice deploy approve -n shop
  sluice deploy approve -n shop --gate prod/steps/2 --role sre --comment "looks good"`,
  }).option('--role <role>', 'the role in which you approve; some approvals ask for one');
}
