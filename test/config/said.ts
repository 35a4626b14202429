import type { Diagnostic } from '../../src/config/index.js';

/**
 * All that is said of a file, as Markdown: what a person reads, and below it where each mistake ends
 * and at which value it is, which only programs are told.
 */
export function said(shown: string, diagnostics: readonly Diagnostic[]): string {
  return ['```console', `${shown}\`\`\``, '', ...diagnostics.map(placeOf)].join('\n');
}

function placeOf({ line, column, endLine, endColumn, path }: Diagnostic): string {
  const range = `- ${line}:${column} to ${endLine}:${endColumn}`;
  return path === undefined ? range : `${range}, \`${path}\``;
}

/** The first line, two lines of excerpt where there is one, and the remedy. */
const SHOWN = /^\S+:\d+:\d+: (error|warning)\[(.+?)\]: (.*)\n(?:.*\|.*\n.*\|.*\n)? {2}(.*)$/gm;
const PLACE = /^- (\d+):(\d+) to (\d+):(\d+)(?:, `(.*)`)?$/gm;

/** What a program is told, as it can be read out of {@link said}. */
export function told(written: string): object[] {
  const places = [...written.matchAll(PLACE)];
  return [...written.matchAll(SHOWN)].map(([, severity, code, message, remedy], index) => {
    const [, line, column, endLine, endColumn, path] = places[index] ?? [];
    const start = { line: Number(line), column: Number(column) };
    const end = { endLine: Number(endLine), endColumn: Number(endColumn) };
    return { code, severity, message, remedy, ...start, ...end, path };
  });
}
