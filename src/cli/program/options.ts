import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Adjustments } from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import { nameRemedy, readName } from '../../domain/naming.js';
import { readPairs } from '../pairs.js';

/** What is asked for beside the file, as commander collects it. */
export interface AskedOptions {
  /** Deploy as this application. */
  name?: string;
  addContext?: Record<string, string>;
  target?: string[];
}

/** The options of a command, with what is asked for beside the file in one place. */
export function gathered<Options extends AskedOptions>({
  name: application,
  addContext,
  target,
  ...rest
}: Options): Omit<Options, keyof AskedOptions> & { asked: Adjustments } {
  const asked = {
    ...defined({ application, context: addContext, targets: target }),
  };
  return { ...rest, asked };
}

/** Adds the options that say what is asked for beside the file. */
export function withAskedOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--add-context <key=value,…>',
        'values for {{context.…}}, before those of the file; may be repeated',
      ).argParser(addPairs),
    )
    .addOption(
      new Option(
        '-t, --target <name>',
        'only this target, as if the others were not there; may be repeated',
      ).argParser((name: string, before: string[] = []) => [...before, name]),
    );
}

function addPairs(text: string, before: Record<string, string> = {}): Record<string, string> {
  const read = readPairs(text);
  if ('problem' in read) throw new InvalidArgumentError(read.problem);
  return { ...before, ...read.pairs };
}

export const NAME = '-n, --name <application>';

/**
 * The option that names an application: the same in every command.
 *
 * @param otherwise - which one is meant without it
 */
export function nameOption(otherwise: string): Option {
  return new Option(NAME, `the application${otherwise}`).argParser(applicationName);
}

function applicationName(text: string): string {
  const read = readName(text, 'application');
  if ('name' in read) return read.name;
  throw new InvalidArgumentError(`It ${read.problem}. ${nameRemedy('application')}`);
}

/** What may be a mistake in the buckets. */
export const STRICT_ARTIFACTS = [
  '--strict-artifacts',
  'fail where targets deploy one function from different bytes, instead of a warning',
] as const;

export const FILE = '-f, --file <file>';

/** Commander's own check would hide a mistyped option behind a missing one. */
export function required<Value>(value: Value | undefined, flags: string, command: Command): Value {
  if (value === undefined) command.error(`error: required option '${flags}' not specified`);
  return value;
}
