import type { Diagnostic } from '../diagnostics.js';
import { secretLiteral } from '../rules/secrets.js';

/**
 * The lines of a text, with signs in the place of what seems to be a secret: diagnostics are
 * printed into logs, which more people can read than the file.
 */
export function withoutSecrets(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const diagnostic of diagnostics)
    if (diagnostic.code === secretLiteral.code) hide(diagnostic, lines);
  return lines;
}

function hide({ line, column, endLine = line, endColumn }: Diagnostic, lines: string[]): void {
  for (let at = line; at <= endLine; at++) {
    const shown = lines[at - 1] ?? '';
    const start = at === line ? column - 1 : 0;
    const end = at === endLine && endColumn !== undefined ? endColumn - 1 : shown.length;
    const secret = shown.slice(start, end);
    lines[at - 1] = shown.slice(0, start) + secret.replace(/\S/gu, '•') + shown.slice(end);
  }
}
