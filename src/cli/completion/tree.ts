import type { Command, Option } from 'commander';
import { defined } from '../../domain/defined.js';

/** A command as completion sees it. */
export interface CommandNode {
  /** The words that lead to it: `sluice deploy start`. */
  path: string;
  name: string;
  description: string;
  options: OptionNode[];
  /** What its arguments may be, where that is known. */
  choices: readonly string[];
  children: CommandNode[];
}

export interface OptionNode {
  short?: string;
  long?: string;
  description: string;
  value: 'none' | 'file' | 'free' | readonly string[];
}

const HELP: OptionNode = {
  short: '-h',
  long: '--help',
  description: 'display help for command',
  value: 'none',
};

/** A command and all below it. */
export function treeOf(command: Command, parents = ''): CommandNode {
  const path = `${parents} ${command.name()}`.trim();
  return {
    path,
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(optionOf), HELP],
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    children: command.commands.map((child) => treeOf(child, path)),
  };
}

function optionOf(option: Option): OptionNode {
  const { short, long, description, argChoices, required, optional } = option;
  const takesValue = required || optional;
  const value = argChoices ?? (takesValue ? (long === '--file' ? 'file' : 'free') : 'none');
  return {
    ...defined({ short, long }),
    description,
    value,
  };
}

/** All commands, each after its parent. */
export function allOf(node: CommandNode): CommandNode[] {
  return [node, ...node.children.flatMap(allOf)];
}

/** How an option can be written. */
export function flagsOf({ short, long }: OptionNode): string[] {
  return [short, long].filter((flag) => flag !== undefined);
}

/** A text as one word of a shell. All three shells take single quotes so. */
export function quotedWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
