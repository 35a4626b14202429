import type { Encoder } from '../../domain/filling.js';
import { NoNumber } from '../provider.js';
import { fitInto, insideQuotes, Quotes } from '../quoting.js';
import { isJson } from './queries.js';

/** Within JSON a value is escaped for JSON, and before that for an expression within it. */
export function fitIntoQuery(): Encoder {
  let chosen: Encoder | undefined;
  // What the query is shows with its first character that is not blank.
  const encoder = (part: string): Encoder => {
    if (part.trim() !== '') chosen ??= isJson(part) ? insideJson() : insideQuotes();
    return chosen ?? insideQuotes();
  };
  return {
    text: (part) => encoder(part).text(part),
    value: (value) => encoder(value).value(value),
  };
}

function insideJson(): Encoder {
  const json = new JsonTexts();
  return {
    text: (part) => json.read(part),
    value(value) {
      const fitting = json.fit(value);
      json.read(fitting);
      return fitting;
    },
  };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Follows the texts of a JSON document, and in each of them the quotes of an expression. */
class JsonTexts {
  /** Those of the text that is open, where one is. */
  #quotes: Quotes | undefined;
  /** What stands behind a backslash, as long as it is not whole. */
  #escape: string | undefined;

  read(part: string): void {
    for (const character of part) {
      if (this.#quotes === undefined) {
        if (character === '"') this.#quotes = new Quotes();
      } else if (this.#escape !== undefined)
        this.#readEscape(this.#escape + character, this.#quotes);
      else if (character === '\\') this.#escape = '';
      else if (character === '"') this.#quotes = undefined;
      else this.#quotes.read(character);
    }
  }

  fit(value: string): string {
    if (this.#quotes === undefined) return value;
    if (this.#escape === undefined)
      return JSON.stringify(fitInto(this.#quotes, value)).slice(1, -1);
    const message = 'a value stands behind a backslash, which would escape a part of it';
    throw new NoNumber('refused', message);
  }

  #readEscape(escape: string, quotes: Quotes): void {
    const isHalf = escape.startsWith('u') && escape.length < 5;
    this.#escape = isHalf ? escape : undefined;
    if (isHalf) return;
    const isCode = escape.startsWith('u');
    const code = Number.parseInt(escape.slice(1), 16) || 0;
    quotes.read(isCode ? String.fromCharCode(code) : (ESCAPED[escape] ?? escape));
  }
}
