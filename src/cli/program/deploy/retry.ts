import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeployRetry(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'retry',
    description: 'Try a stuck rollback again now, once what it needs has been mended.',
    gate: 'the only stuck one',
    all: 'all stuck rollbacks',
    help: `Example:
  sluice deploy retry -n shop`,
  });
}
