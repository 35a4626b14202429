import { allOf, type CommandNode, flagsOf, quotedWord } from './tree.js';

/** What a POSIX-like shell does for the value of an option: words to choose from, files or nothing. */
export interface ValueCommands {
  words: (choices: readonly string[]) => string;
  files: string;
}

/** The patterns of all commands below the first, for a `case` over where one is. */
export function commandPattern(root: CommandNode): string {
  return allOf(root)
    .slice(1)
    .map(({ path }) => quotedWord(path))
    .join(' | ');
}

/** The lines of a `case` over the command and the word before: what an option's value may be. */
export function valueCases(root: CommandNode, commands: ValueCommands): string[] {
  return allOf(root).flatMap(({ path, options }) =>
    options.flatMap((option) => {
      const { value } = option;
      if (value === 'none') return [];
      const patterns = flagsOf(option).map((flag) => quotedWord(`${path} ${flag}`));
      return [`    ${patterns.join(' | ')}) ${commandFor(value, commands)}return ;;`];
    }),
  );
}

function commandFor(
  value: 'file' | 'free' | readonly string[],
  { words, files }: ValueCommands,
): string {
  if (value === 'free') return '';
  return `${value === 'file' ? files : words(value)}; `;
}
