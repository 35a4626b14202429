import { NoNumber } from './provider.js';

/** Texts in quotes. Nothing escapes between back quotes. */
const LITERAL = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/s;

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes values stay within the quotes in which a template puts them: there, backslashes, the quotes
 * themselves and line breaks are escaped with a backslash. Elsewhere a value stands as it is, so
 * that it can be a part of the query.
 *
 * @param comment - what the language takes for a comment: quotes in it open nothing
 */
export function insideQuotes(comment: RegExp): (value: string, before: string) => string {
  const closed = new RegExp(`${LITERAL.source}|${comment.source}`, 'gs');
  return (value, before) => {
    const quote = /["'`]/.exec(before.replaceAll(closed, ''))?.[0];
    return quote === undefined ? value : escaped(value, quote);
  };
}

function escaped(value: string, quote: string): string {
  if (quote !== '`') {
    const special = new RegExp(`[\\\\${quote}\\n\\r\\t]`, 'g');
    return value.replaceAll(special, (one) => ESCAPES[one] ?? `\\${one}`);
  }
  if (!value.includes(quote)) return value;
  const message = 'a value that the query puts in back quotes has a back quote in it';
  throw new NoNumber('refused', message);
}
