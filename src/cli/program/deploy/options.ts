import { type Command, Option } from 'commander';
import { nameOption } from '../options.js';

export function outputOption(): Option {
  return new Option('-o, --output <format>', 'text, or objects as JSON lines or as a YAML stream')
    .choices(['text', 'json', 'yaml'])
    .default('text');
}

/** Adds the options that say which deployment is meant. */
export function withWhich(command: Command): Command {
  return command
    .addOption(nameOption('; by default the only one that runs'))
    .option('-i, --id <id>', 'the deployment id; by default the newest of the application');
}

/** Adds the options that say who asks, and why. */
export function withReason(command: Command): Command {
  return command
    .option('--comment <text>', 'why, for the records')
    .option('--by <who>', 'who says so, for the records; by default the user');
}
