import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeployApprove(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'approve',
    description: 'Approve what waits for an approval.',
    gate: 'the only one that is open',
    all: 'all that wait for an approval and need no role, or the one of --role',
    help: `With several gates open nothing is approved, and the command for each is shown. Without -n, -i and
--all, where several deployments run, nothing is approved either: those that wait for an approval are
shown, and no others.

Examples:
  sluice deploy approve -n shop
  sluice deploy approve -n shop --gate prod/steps/2 --role sre --comment "looks good"
  sluice deploy approve                       # what waits for an approval, where several run
  sluice deploy approve --all --role sre      # shows what that is, and asks`,
  }).option('--role <role>', 'the role in which you approve; some approvals ask for one');
}
