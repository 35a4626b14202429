import type { Command } from 'commander';
import type { Console } from '../console.js';
import { addDeployStart } from './deploy/start.js';
import { addDeployStatus } from './deploy/status.js';
import type { Runner } from './runner.js';

/** Each command has a file of its own; help lists them in this order. */
const COMMANDS = [addDeployStart, addDeployStatus];

export function addDeploy(program: Command, console: Console, run: Runner): void {
  const deploy = program.command('deploy').description('Start deployments and look at them.');
  for (const add of COMMANDS) add(deploy, console, run);
}
