import type { Diagnostic } from '../diagnostics.js';
import { printable } from '../../domain/printable.js';

/**
 * The diagnostics as GitHub's workflow commands, a line each: printed by a job, they are shown at
 * the lines of a pull request.
 *
 * @param fileName - as the repository names it
 */
export function renderAnnotations(diagnostics: readonly Diagnostic[], fileName: string): string {
  return diagnostics.map((diagnostic) => annotation(diagnostic, fileName)).join('');
}

/** An error that is about no line of a file. */
export function annotationOf(text: string): string {
  const lines = text.split('\n').map(printable);
  return `::error::${commandData(lines.join('\n'))}\n`;
}

function annotation(diagnostic: Diagnostic, fileName: string): string {
  const { code, severity, message, remedy, line, column, endLine, endColumn } = diagnostic;
  const properties = {
    file: printable(diagnostic.file ?? fileName),
    line,
    // GitHub takes columns only for problems within one line, and its end column is inclusive.
    ...(endLine === line && { col: column, endColumn: Math.max(column, (endColumn ?? 0) - 1) }),
    ...(endLine !== line && { endLine }),
    title: code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${severity} ${list.join(',')}::${commandData([message, remedy].map(printable).join('\n'))}\n`;
}

/** What GitHub would read as the end of a command or a line is escaped. */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property, a colon and a comma end it. */
function property(value: string | number | undefined): string {
  return commandData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
