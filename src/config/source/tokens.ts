import { templateTokens, type TemplateToken } from '../../domain/templates.js';
import type { Place } from '../path.js';
import type { TextRange } from './faults.js';

/** Finds where the tokens of templates, and the lines of texts, are written. */
export class Tokens {
  /** By where the value begins: many problems may be about one template. */
  readonly #byStart = new Map<number, TemplateToken[]>();

  constructor(private readonly text: string) {}

  /** The range of a value, narrowed to what a problem is about where the text has it as it is. */
  narrowed(range: TextRange, { token, line }: Pick<Place, 'token' | 'line'>): TextRange {
    if (line !== undefined) return this.#lineOf(range, line);
    if (token === undefined) return range;
    const found = this.#tokensOf(range)[token.index];
    if (found === undefined || !found.token.startsWith(token.token)) return range;
    const start = range.start + found.start;
    return { start, end: start + token.token.length };
  }

  #tokensOf(range: TextRange): TemplateToken[] {
    const known = this.#byStart.get(range.start);
    if (known !== undefined) return known;
    const tokens = templateTokens(this.text.slice(range.start, range.end));
    this.#byStart.set(range.start, tokens);
    return tokens;
  }

  /** A text after `|` has its lines as they are, from the next line on. */
  #lineOf(range: TextRange, line: number): TextRange {
    const source = this.text.slice(range.start, range.end).trimEnd();
    if (!source.startsWith('|')) return range;
    const lines = source.split('\n');
    const index = Math.min(line + 1, lines.length - 1);
    const shown = lines[index] ?? '';
    const before = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
    const start = range.start + before + (shown.length - shown.trimStart().length);
    return { start, end: Math.max(start + 1, range.start + before + shown.trimEnd().length) };
  }
}
