import stringWidth from 'string-width';

/** A word of a command for a POSIX shell, whatever stands in its quotes. */
const WORDS = /(?:\\.|'[^']*'|[^\s'\\])+/g;

const CONTINUES = ' \\';

/**
 * A command in lines that a shell takes as one: each but the last ends with a backslash. It is
 * folded between words only, so a line is too long where a word is.
 */
export function folded(command: string, width: number): string[] {
  if (stringWidth(command) <= width) return [command];
  const lines: string[] = [];
  let line = '';
  for (const word of command.match(WORDS) ?? []) {
    const longer = line === '' ? word : `${line} ${word}`;
    const fits = stringWidth(longer) + CONTINUES.length <= width;
    if (line !== '' && !fits) lines.push(`${line}${CONTINUES}`);
    line = line === '' || fits ? longer : word;
  }
  return [...lines, line];
}
