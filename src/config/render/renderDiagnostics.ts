import { styleText } from 'node:util';
import { printable } from '../../domain/printable.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Diagnostic, Severity } from '../diagnostics.js';
import { isDeployment, isPart } from '../source/recognised.js';
import { excerpt } from './excerpt.js';
import { withoutSecrets } from './withoutSecrets.js';

export interface RenderOptions {
  /** As the reader should see it. */
  fileName: string;
  /** The text that the diagnostics are about. */
  text: string;
  /** The texts of the included files, by the names that diagnostics have for them. */
  includedTexts?: ReadonlyMap<string, string>;
  /** @default false */
  colour?: boolean;
  /**
   * The most diagnostics that are printed; the rest is counted.
   *
   * @default 50
   */
  most?: number;
}

type Style = (
  format: 'bold' | 'dim' | 'red' | 'yellow',
  text: string | TerminalText,
) => TerminalText;

const plain: Style = (_, text) => terminal`${text}`;

const SEVERITY = { error: 'red', warning: 'yellow' } as const satisfies Record<Severity, string>;

/** Whoever calls has decided about colours; the stream and NO_COLOR are not asked again. */
const coloured: Style = (format, text) =>
  terminal`${text}`.styled((clean) => styleText(format, clean, { validateStream: false }));

/** The diagnostics for a person, each with the line it is about; empty when there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): TerminalText {
  if (diagnostics.length === 0) return terminal``;
  const most = options.most ?? 50;
  const pages = pagesOf(diagnostics, options);
  const style = options.colour === true ? coloured : plain;
  const printed = diagnostics
    .slice(0, most)
    .map((diagnostic) => block(diagnostic, pages.get(diagnostic.file) ?? { name: '' }, style));
  return TerminalText.lines([...printed, terminal`${summary(diagnostics, most)}\n`]);
}

/** A file as it is shown. */
interface Page {
  name: string;
  /** Absent where nothing of it is shown. */
  lines?: readonly string[];
}

/** The files, by the names that diagnostics have for them. */
function pagesOf(
  diagnostics: readonly Diagnostic[],
  { fileName, text, includedTexts = new Map() }: RenderOptions,
): ReadonlyMap<Diagnostic['file'], Page> {
  const files = [[undefined, text] as const, ...includedTexts];
  return new Map(
    files.map(([file, own]) => {
      const found = diagnostics.filter((each) => each.file === file);
      const isShown = isQuotable(found, own, file === undefined ? isDeployment : isPart);
      const name = file ?? fileName;
      return [file, { name, ...(isShown && { lines: withoutSecrets(own, found) }) }];
    }),
  );
}

/** What is no deployment may hold anything, and nothing of it is shown. */
function isQuotable(
  diagnostics: readonly Diagnostic[],
  text: string,
  isKnown: (text: string) => boolean,
): boolean {
  const isForeign = diagnostics.some(({ code }) => ['no-deployment', 'not-text'].includes(code));
  return !isForeign || isKnown(text);
}

function block(diagnostic: Diagnostic, { name, lines }: Page, style: Style): TerminalText {
  const { line, column, code } = diagnostic;
  const place = style('bold', `${printable(name)}:${line}:${column}:`);
  const severity = (text: string) => style('bold', style(SEVERITY[diagnostic.severity], text));
  const kind = severity(`${diagnostic.severity}[${code}]:`);
  const margin = ' '.repeat(String(line).length);
  const head = terminal`${place} ${kind} ${printable(diagnostic.message)}`;
  const remedy = terminal`  ${printable(diagnostic.remedy)}`;
  if (lines === undefined) return TerminalText.lines([head, remedy, terminal``]);
  const { shown, before, marks } = excerpt(diagnostic, lines[line - 1] ?? '');
  return TerminalText.lines([
    head,
    terminal`  ${style('dim', `${line} |`)} ${shown}`.trimEnd(),
    terminal`  ${style('dim', `${margin} |`)} ${before}${severity(marks)}`,
    remedy,
    terminal``,
  ]);
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
