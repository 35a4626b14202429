import type { Command } from 'commander';
import type { AnswerCommand } from '../../../domain/verbs.js';
import type { AnswerOptions } from '../../commands/answer.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withReason, withWhich } from './options.js';

/** What differs between the commands that answer a gate. */
interface Texts {
  name: AnswerCommand;
  description: string;
  /** What is answered when no gate is named. */
  gate: string;
  /** Ends with examples. */
  help: string;
}

/** Adds a command that answers a gate. */
export function addAnswer(
  deploy: Command,
  console: Console,
  run: Runner,
  { name, description, gate, help }: Texts,
): Command {
  const command = withWhich(deploy.command(name).description(description)).option(
    '--gate <id>',
    `the gate, such as prod/steps/2; by default ${gate}`,
  );
  return withReason(command)
    .addOption(outputOption())
    .addHelpText('after', `\n${help}`)
    .action(async (options: AnswerOptions) => {
      const { answer } = await import('../../commands/answer.js');
      await run(options.output, () => answer(name, options, console));
    });
}
