import { type Command, Option } from 'commander';
import type { AnswerCommand } from '../../../domain/verbs.js';
import type { AnswerOptions } from '../../commands/answer.js';
import type { Console } from '../../console.js';
import type { Runner } from '../runner.js';
import { outputOption, withReason, withWhich } from './options.js';

/** As commander gives them. */
export interface GivenOptions extends Omit<AnswerOptions, 'success'> {
  success?: true;
  failure?: true;
}

/** What differs between the commands that answer a gate. */
interface Texts {
  name: AnswerCommand;
  description: string;
  /** What is answered when no gate is named. */
  gate: string;
  /** What `--all` answers. */
  all: string;
  /** Ends with examples. */
  help: string;
  /** What is said of a webhook. */
  success?: (given: GivenOptions, command: Command) => boolean;
}

/** Adds a command that answers a gate. */
export function addAnswer(
  deploy: Command,
  console: Console,
  run: Runner,
  { name, description, gate, all, help, success: successOf }: Texts,
): Command {
  const answering = withWhich(deploy.command(name).description(description))
    .option('--gate <id>', `the gate, such as prod/steps/2; by default ${gate}`)
    .addOption(
      new Option(
        '--all',
        `${all}, of every deployment that runs or of the one that is named; it asks first`,
      ).conflicts('gate'),
    )
    .option('-y, --yes', 'with --all, do not ask');
  return withReason(answering)
    .addOption(outputOption())
    .addHelpText('after', `\n${help}`)
    .action(async (given: GivenOptions, command: Command) => {
      const { success: _, failure: _failure, ...options } = given;
      if (options.yes === true && options.all !== true)
        command.error('error: --yes answers the question of --all: add --all');
      const said = successOf === undefined ? {} : { success: successOf(given, command) };
      const { answer } = await import('../../commands/answer.js');
      await run(options.output, () => answer(name, { ...options, ...said }, console));
    });
}
