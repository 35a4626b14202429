import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { type CommandNode, treeOf } from '../completion/tree.js';
import { zshCompletion } from '../completion/zsh.js';
import { TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';

const SCRIPTS: Readonly<Record<string, (root: CommandNode) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `sluice completion`. The script knows the commands of this very version. */
export function completion(shell: string, program: Command, console: Console): ExitReason {
  console.out(TerminalText.of(SCRIPTS[shell]!(treeOf(program))));
  return 'succeeded';
}
