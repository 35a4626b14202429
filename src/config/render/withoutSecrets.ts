import type { Diagnostic } from '../diagnostics.js';
import { secretLiteral } from '../rules/secrets.js';

/** What of a line is hidden: columns from 0 on, the end excluded. */
type Stretch = readonly [start: number, end: number];

/**
 * The lines of a text, with signs in the place of what seems to be a secret: diagnostics are
 * printed into logs, which more people can read than the file.
 */
export function withoutSecrets(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  // Together for each line: it may have as many secrets as it is long.
  const hidden = new Map<number, Stretch[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.code !== secretLiteral.code) continue;
    const { line, column, endLine = line, endColumn } = diagnostic;
    for (let at = line; at <= endLine; at++) {
      const start = at === line ? column - 1 : 0;
      const end = at === endLine && endColumn !== undefined ? endColumn - 1 : Infinity;
      const stretches = hidden.get(at) ?? [];
      stretches.push([start, end]);
      hidden.set(at, stretches);
    }
  }
  for (const [line, stretches] of hidden) lines[line - 1] = hide(lines[line - 1] ?? '', stretches);
  return lines;
}

function hide(line: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let shownFrom = 0;
  for (const [start, end] of stretches.toSorted(([a], [b]) => a - b)) {
    const from = Math.max(start, shownFrom);
    if (end <= from) continue;
    parts.push(line.slice(shownFrom, from), line.slice(from, end).replace(/\S/gu, '•'));
    shownFrom = Math.min(end, line.length);
  }
  return [...parts, line.slice(shownFrom)].join('');
}
