import type { Diagnostic, Problem } from '../diagnostics.js';
import { pathText, type Path } from '../path.js';
import { printable } from '../printable.js';
import type { TextRange } from './faults.js';

/** Turns stretches of a text into lines and columns. */
export class Positions {
  readonly #lineStarts = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
  }

  /** The diagnostic of a problem at a stretch of the text. */
  diagnostic(problem: Problem, range: TextRange, path?: Path): Diagnostic {
    const start = this.#at(range.start);
    const end = this.#at(Math.max(range.end, range.start + 1));
    return {
      code: problem.code,
      severity: problem.severity,
      message: printable(problem.message),
      remedy: printable(problem.remedy),
      ...start,
      endLine: end.line,
      endColumn: end.column,
      ...(path !== undefined && path.length > 0 && { path: printable(pathText(path)) }),
    };
  }

  #at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
