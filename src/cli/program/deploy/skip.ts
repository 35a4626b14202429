import type { Command } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer } from './answerCommand.js';

export function addDeploySkip(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'skip',
    description: 'End a pause now.',
    gate: 'the only pause',
    all: 'all pauses',
    help: `Example:
  sluice deploy skip -n shop`,
  });
}
