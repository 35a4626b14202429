/** Text as it stands, for GitHub's Markdown: nothing of it is taken for markup, in a table neither. */
export function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~&$!]/g, '\\$&')
    .replaceAll('://', ':\\/\\/')
    .replaceAll('@', '@\u2060');
}

/** @param address - of the web; what could end it is already encoded */
export function link(text: string, address: string): string {
  return `[${escaped(text)}](<${address.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text that is shown as it is, in lines of its own. */
export function fenced(text: string): string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}text`, text, fence];
}
