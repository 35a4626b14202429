import { styleText } from 'node:util';
import type { Diagnostic, Severity } from '../diagnostics.js';
import { printable } from '../printable.js';
import { excerpt } from './excerpt.js';
import { withoutSecrets } from './withoutSecrets.js';

export interface RenderOptions {
  /** As the reader should see it. */
  fileName: string;
  /** The text that the diagnostics are about. */
  text: string;
  /** @default false */
  colour?: boolean;
  /**
   * The most diagnostics that are printed; the rest is counted.
   *
   * @default 50
   */
  most?: number;
}

type Style = (format: 'bold' | 'dim' | 'red' | 'yellow', text: string) => string;

const plain: Style = (_, text) => text;

const SEVERITY = { error: 'red', warning: 'yellow' } as const satisfies Record<Severity, string>;

/** Whoever calls has decided about colours; the stream and NO_COLOR are not asked again. */
const coloured: Style = (format, text) => styleText(format, text, { validateStream: false });

/** The diagnostics for a person, each with the line it is about; empty when there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  if (diagnostics.length === 0) return '';
  const most = options.most ?? 50;
  const lines = withoutSecrets(options.text, diagnostics);
  const style = options.colour === true ? coloured : plain;
  const printed = diagnostics
    .slice(0, most)
    .map((diagnostic) => block(diagnostic, options.fileName, lines, style));
  return [...printed, summary(diagnostics, most), ''].join('\n');
}

function block(
  diagnostic: Diagnostic,
  fileName: string,
  lines: readonly string[],
  style: Style,
): string {
  const { line, column, code } = diagnostic;
  const place = style('bold', `${printable(fileName)}:${line}:${column}:`);
  const severity = (text: string) => style('bold', style(SEVERITY[diagnostic.severity], text));
  const kind = severity(`${diagnostic.severity}[${code}]:`);
  const { shown, before, marks } = excerpt(diagnostic, lines[line - 1] ?? '');
  const margin = ' '.repeat(String(line).length);
  const head = `${place} ${kind} ${printable(diagnostic.message)}`;
  const quote = `  ${style('dim', `${line} |`)} ${shown}`;
  const underline = `  ${style('dim', `${margin} |`)} ${before}${severity(marks)}`;
  return [head, quote.trimEnd(), underline, `  ${printable(diagnostic.remedy)}`, ''].join('\n');
}

function summary(diagnostics: readonly Diagnostic[], most: number): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')];
  const more = diagnostics.length - most;
  const hidden = more > 0 ? `, of which ${more} are not shown` : '';
  return `${counts.filter((text) => text !== '').join(' and ')}${hidden}.`;
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
