import { Markdown } from '../domain/markdownText.js';

/**
 * GitHub's Markdown, in which every text that is put in is shown as it is, in a table too. GitHub
 * has formulas, mentions and links that need no brackets.
 */
export function marked(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  return Markdown.template(parts, values, escaped);
}

function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~&$!]/g, '\\$&')
    .replaceAll('://', ':\\/\\/')
    .replaceAll('@', '@\u2060');
}

/** @param address - of the web; what could end it is already encoded */
export function link(text: string, address: string): Markdown {
  const safe = address.replaceAll(/[<>\s]/g, encodeURIComponent);
  return Markdown.template(['[', '](<', '>)'], [marked`${text}`, Markdown.template([safe], [])]);
}

/** A table. */
export function table(head: readonly string[], rows: readonly (readonly Markdown[])[]): Markdown {
  const line = (cells: readonly Markdown[]) => marked`| ${Markdown.joined(cells, ' | ')} |`;
  const titles = head.map((title) => marked`${title}`);
  const rule = line(titles.map(() => marked`---`));
  return Markdown.joined([line(titles), rule, ...rows.map(line)], '\n');
}
