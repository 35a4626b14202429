import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeployReject(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'reject',
    description: 'Reject what waits for an approval: its target goes back.',
    gate: 'all that are open',
    all: 'all that wait for an approval',
    help: `Examples:
  sluice deploy reject -n shop --comment "errors in the logs"
  sluice deploy reject -n shop --gate prod/steps/2`,
  }).option('--role <role>', 'the role in which you reject, for the records');
}
