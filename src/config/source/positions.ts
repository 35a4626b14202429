import { LineCounter } from 'yaml';
import type { Diagnostic, Problem } from '../diagnostics.js';
import { pathText, type Path } from '../path.js';
import { printable } from '../../domain/printable.js';
import type { TextRange } from './faults.js';

/** Turns stretches of a text into lines and columns. */
export class Positions {
  readonly #lines = new LineCounter();

  /** @param file - the name of an included file */
  constructor(
    text: string,
    private readonly file?: string,
  ) {
    this.#lines.addNewLine(0);
    for (const { index } of text.matchAll(/\n/g)) this.#lines.addNewLine(index + 1);
  }

  /** The diagnostic of a problem at a stretch of the text. */
  diagnostic(problem: Problem, { range, path }: { range: TextRange; path?: Path }): Diagnostic {
    const start = this.at(range.start);
    const end = this.at(Math.max(range.end, range.start + 1));
    return {
      code: problem.code,
      severity: problem.severity,
      message: printable(problem.message),
      remedy: printable(problem.remedy),
      ...(this.file !== undefined && { file: this.file }),
      ...start,
      endLine: end.line,
      endColumn: end.column,
      ...(path !== undefined && path.length > 0 && { path: printable(pathText(path)) }),
    };
  }

  /** Both begin with 1; columns are UTF-16 units. */
  at(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}
