import type { Encoder } from '../domain/filling.js';
import { NoNumber } from './provider.js';

/** What the language takes for a comment, by its beginning and its end: quotes in it open nothing. */
export type Comments = Readonly<Record<string, string>>;

/**
 * Makes values stay within the quotes in which a template puts them: there, backslashes, the quotes
 * themselves and line breaks are escaped with a backslash. Elsewhere a value stands as it is, so
 * that it can be a part of the query.
 */
export function insideQuotes(comments: Comments = {}): Encoder {
  const quotes = new Quotes(comments);
  return {
    text: (part) => quotes.read(part),
    value(value) {
      const fitting = fitInto(quotes, value);
      quotes.read(fitting);
      return fitting;
    },
  };
}

/** A value as it can stand where the quotes are. */
export function fitInto({ open, escaping }: Quotes, value: string): string {
  if (open === undefined) return value;
  if (escaping) throw refused('a value stands behind a backslash, which would escape a part of it');
  return escaped(value, open);
}

/** Knows at every place of a text whether it stands in quotes. It reads the text once. */
export class Quotes {
  /** The quote that is open, where one is. Nothing escapes between back quotes. */
  open: '"' | "'" | '`' | undefined;
  /** Whether a backslash stands before the place. */
  escaping = false;
  #commentEnd: string | undefined;
  /** The two characters before the place, which may begin or end a comment. */
  #recent = '';

  constructor(private readonly comments: Comments = {}) {}

  read(text: string): void {
    for (const character of text) {
      if (this.open !== undefined) this.#readQuoted(character);
      else if (this.#commentEnd !== undefined) this.#readComment(character, this.#commentEnd);
      else this.#readPlain(character);
    }
  }

  #readQuoted(character: string): void {
    if (this.escaping) this.escaping = false;
    else if (character === '\\' && this.open !== '`') this.escaping = true;
    else if (character === this.open) this.open = undefined;
  }

  #readComment(character: string, end: string): void {
    this.#recent = (this.#recent + character).slice(-2);
    if (!this.#recent.endsWith(end)) return;
    this.#commentEnd = undefined;
    this.#recent = '';
  }

  #readPlain(character: string): void {
    this.#recent = (this.#recent + character).slice(-2);
    if (character === '"' || character === "'" || character === '`') this.open = character;
    const begun = Object.keys(this.comments).find((begin) => this.#recent.endsWith(begin));
    if (begun !== undefined) this.#commentEnd = this.comments[begun];
    if (begun !== undefined || this.open !== undefined) this.#recent = '';
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(value: string, quote: string): string {
  if (quote !== '`') {
    return value.replaceAll(/[\\"'\n\r\t]/g, (one) => {
      const isOtherQuote = (one === '"' || one === "'") && one !== quote;
      return isOtherQuote ? one : (ESCAPES[one] ?? `\\${one}`);
    });
  }
  if (!value.includes(quote)) return value;
  throw refused('a value that the query puts in back quotes has a back quote in it');
}

function refused(message: string): NoNumber {
  return new NoNumber('refused', message);
}
