import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeployAbandon(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'abandon',
    description: 'Give a stuck rollback up: what is stuck stays as it is now.',
    gate: 'the only stuck one',
    all: 'all stuck rollbacks',
    help: `The target ends as rollbackFailed, and says what is left to do by hand.

Example:
  sluice deploy abandon -n shop --comment "mended by hand"`,
  });
}
