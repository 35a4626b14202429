import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Adjustments } from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import { readPairs } from '../pairs.js';

/** `--application`, `--add-context` and `--target`, as commander collects them. */
export interface AskedOptions {
  application?: string;
  addContext?: Record<string, string>;
  target?: string[];
}

/** The options of a command, with what is asked for beside the file in one place. */
export function gathered<Options extends AskedOptions>({
  application,
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

/** Adds the option that deploys a file as another application. */
export function withApplication(command: Command): Command {
  return command.option(
    '-n, --application <name>',
    'deploy as this application, instead of the one that the file names',
  );
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
