import { Argument, type Command } from 'commander';
import type { Console } from '../console.js';
import type { Runner } from './runner.js';

/** The shells that there is a script for. */
const SHELLS = ['bash', 'zsh', 'fish'] as const;

export function addCompletion(program: Command, console: Console, run: Runner): void {
  program
    .command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  source <(sluice completion bash)          # in ~/.bashrc; the same with zsh in ~/.zshrc
  sluice completion fish > ~/.config/fish/completions/sluice.fish`,
    )
    .action(async (shell: string) => {
      const { completion } = await import('../commands/completion.js');
      await run('text', () => Promise.resolve(completion(shell, program, console)));
    });
}
