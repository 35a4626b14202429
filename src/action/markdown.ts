import { Markdown } from '../domain/markdownText.js';

/**
 * GitHub's Markdown, in which every text that is put in is shown as it is, in a table too. GitHub
 * has formulas, mentions and links that need no brackets.
 */
export function md(
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
  return Markdown.template(['[', '](<', '>)'], [md`${text}`, Markdown.template([safe], [])]);
}

/** A table. */
export function table(head: readonly string[], rows: readonly (readonly Markdown[])[]): Markdown {
  const line = (cells: readonly Markdown[]) => md`| ${Markdown.joined(cells, ' | ')} |`;
  const titles = head.map((title) => md`${title}`);
  return Markdown.joined(
    [
      line(titles),
      line(
        titles.map(
          () => md`
***
          `,
        ),
      ),
      ...rows.map(line),
    ],
    '\n',
  );
}
