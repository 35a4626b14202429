import { type Command, Option } from 'commander';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { addAnswer, type GivenOptions } from './answerCommand.js';

export function addDeployAnswer(deploy: Command, console: Console, run: Runner): void {
  addAnswer(deploy, console, run, {
    name: 'answer',
    description: 'Answer a webhook in the place of what it called, as a callback would.',
    gate: 'the only callback that is waited for',
    all: 'all callbacks that are waited for',
    success: outcomeOf,
    help: `For a system that is down, or whose callback was lost. The comment stands where the message of a
callback would (Markdown, up to 1,000 characters). The first answer counts; a callback that comes
later changes nothing.

Examples:
  sluice deploy answer -n shop --success --comment "212 tests passed, says the log"
  sluice deploy answer -n shop --gate prod/before/2 --failure --by ana`,
  })
    .addOption(new Option('--success', 'what was called has succeeded').conflicts('failure'))
    .option('--failure', 'what was called has failed: the target does not go on');
}

function outcomeOf({ success, failure }: GivenOptions, command: Command): boolean {
  if (success === undefined && failure === undefined)
    command.error('error: say what came of it: --success or --failure');
  return success === true;
}
