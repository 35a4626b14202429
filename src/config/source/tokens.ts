import { templateTokens, type TemplateToken } from '../../domain/templates.js';
import type { TextRange } from './faults.js';

/** Finds where the tokens of templates are written. */
export class Tokens {
  /** By where the value begins: many problems may be about one template. */
  readonly #byStart = new Map<number, TemplateToken[]>();

  constructor(private readonly text: string) {}

  /** The range of a value, narrowed to one of its tokens where the text has it as it is. */
  narrowed(range: TextRange, wanted: TemplateToken | undefined): TextRange {
    if (wanted === undefined) return range;
    const found = this.#tokensOf(range)[wanted.index];
    if (found === undefined || !found.token.startsWith(wanted.token)) return range;
    const start = range.start + found.start;
    return { start, end: start + wanted.token.length };
  }

  #tokensOf(range: TextRange): TemplateToken[] {
    const known = this.#byStart.get(range.start);
    if (known !== undefined) return known;
    const tokens = templateTokens(this.text.slice(range.start, range.end));
    this.#byStart.set(range.start, tokens);
    return tokens;
  }
}
