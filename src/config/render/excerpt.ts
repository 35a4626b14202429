import stringWidth from 'string-width';
import type { Diagnostic } from '../diagnostics.js';
import { printable } from '../../domain/printable.js';

/** A longer line is shown around the token only. */
const WIDEST = 120;
/** How much of a long line stands before the token. */
const LEAD = 40;

/** A line of the file, and what goes under it. */
export interface Excerpt {
  shown: string;
  /** Blanks up to the token. */
  before: string;
  /** `^` under each character of the token. */
  marks: string;
}

export function excerpt({ line, column, endLine, endColumn }: Diagnostic, text: string): Excerpt {
  const start = Math.min(column - 1, text.length);
  const end = endLine === line && endColumn !== undefined ? endColumn - 1 : text.length;
  const from = text.length > WIDEST ? Math.max(0, start - LEAD) : 0;
  const to = Math.min(text.length, from + WIDEST);
  const lead = from > 0 ? '…' : '';
  const token = text.slice(start, Math.min(end, to)).trimEnd();
  return {
    shown: `${lead}${printable(text.slice(from, to))}${to < text.length ? '…' : ''}`,
    before: ' '.repeat(width(lead + text.slice(from, start))),
    marks: '^'.repeat(Math.max(1, width(token))),
  };
}

/** How many columns of a terminal the printable form of a text takes. */
function width(text: string): number {
  return stringWidth(printable(text));
}
