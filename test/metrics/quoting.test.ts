import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import type { Encoder } from '../../src/domain/filling.js';
import { fitIntoQuery } from '../../src/metrics/cloudWatch/fitting.js';
import { insideQuotes, Quotes } from '../../src/metrics/quoting.js';
import { anyCharacter } from '../support/anyCharacter.js';

/** What a value becomes behind a text. */
function behind(encoder: Encoder, before: string, value: string): string {
  encoder.text(before);
  return encoder.value(value);
}

const fit = (before: string, value: string) => behind(insideQuotes({ '#': '\n' }), before, value);
const fitNrql = (before: string, value: string) =>
  behind(insideQuotes({ '--': '\n', '//': '\n', '/*': '*/' }), before, value);

describe('a value in a query', () => {
  it.each([
    ['as it is outside quotes', 'rate(x[', '5m"\\', '5m"\\'],
    ['as it is after closed quotes', 'up{a="b", c=\'d"\', ', 'e="f"', 'e="f"'],
    ['as it is after an escaped quote that closes nothing', '{a="b\\"", ', '"', '"'],
    ['escaped between double quotes', 'up{a="', 'x"} or up{b=\'"\\', 'x\\"} or up{b=\'\\"\\\\'],
    ['escaped between single quotes', "up{a='", 'it\'s "so"\n', 'it\\\'s "so"\\n'],
    ['escaped after other quotes', 'up{a=`"`, b="', '"', '\\"'],
    ['escaped whatever quotes are in a comment', '# don\'t\nup{a="', '"', '\\"'],
    ['as it is in a comment', '# "', '"', '"'],
    ['as it is between back quotes', 'up{a=~`', '\\d+"', '\\d+"'],
  ])('is %s', (_, before, value, expected) => {
    expect(fit(before, value)).toBe(expected);
  });

  it.each([
    ["SELECT a -- don't\nWHERE b = '", "\\'"],
    ["SELECT a // don't\nWHERE b = '", "\\'"],
    ["SELECT a /* don't\n'' */ WHERE b = '", "\\'"],
    ["SELECT a /*/ don't", "'"],
    ["SELECT a - b / c * d WHERE e = '", "\\'"],
  ])('is escaped by the quotes that no comment of NRQL has: %s', (before, expected) => {
    expect(fitNrql(before, "'")).toBe(expected);
  });

  it('counts for what comes after it, too', () => {
    const encoder = insideQuotes({ '--': '\n' });
    encoder.text('a -');
    expect(encoder.value("- don't")).toBe("- don't");
    encoder.text("\nb = '");
    expect(encoder.value("it's")).toBe("it\\'s");
    encoder.text("' c = ");
    expect(encoder.value("'d")).toBe("'d");
    expect(encoder.value("'")).toBe("\\'");
  });

  it('cannot leave back quotes, in which nothing can be escaped', () => {
    expect(() => fit('up{a=`', 'a`b')).toThrow('has a back quote in it');
  });

  it('cannot stand behind a backslash, which would undo what escapes it', () => {
    expect(() => fit('up{a="\\', '"')).toThrow('stands behind a backslash');
  });
});

describe("a value in CloudWatch's JSON", () => {
  const insights = (where: string) => `[{"Expression": "SELECT AVG(a) WHERE b = ${where}`;
  const fitIn = (before: string, value: string) => behind(fitIntoQuery(), before, value);

  it('stays a text, and a text within a text', () => {
    const text = fc.string({ unit: anyCharacter });
    fc.assert(
      fc.property(text, (value) => {
        const before = '[{"Id": "a", "Value": "';
        const filled = `${before}${fitIn(before, value)}"}]`;
        expect(JSON.parse(filled)).toEqual([{ Id: 'a', Value: value }]);
      }),
    );
    const before = insights("'");
    const [{ Expression = '' } = {}] = JSON.parse(`${before}${fitIn(before, "it's")}'"}]`) as {
      Expression?: string;
    }[];
    expect(Expression).toBe("SELECT AVG(a) WHERE b = 'it\\'s'");
  });

  it.each(['\\"', '\\u0022'])('stays within quotes that are escaped themselves: %s', (quote) => {
    const before = insights(quote);
    const filled = JSON.parse(`${before}${fitIn(before, '"')}${quote}"}]`) as unknown;
    expect(filled).toEqual([{ Expression: 'SELECT AVG(a) WHERE b = "\\""' }]);
  });

  it('stands as it is where no text is open', () => {
    expect(fitIn('[{"Id": "a", "Period": ', '300')).toBe('300');
  });

  it('is told from an expression by the first character that is not blank', () => {
    const encoder = fitIntoQuery();
    encoder.text(' \n');
    expect(encoder.value('[{"Value": "')).toBe('[{"Value": "');
    expect(encoder.value('"')).toBe('\\"');
  });

  it('cannot stand within an escape', () => {
    expect(() => fitIn('[{"Value": "\\u00', '22')).toThrow('stands behind a backslash');
  });
});

it('an expression for CloudWatch is no JSON', () => {
  expect(behind(fitIntoQuery(), "SELECT AVG(a) FROM b WHERE c = '", "it's")).toBe("it\\'s");
});

describe('quotes', () => {
  it('are the same however a text is cut into parts', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ab"\'`\\-/*\n') });
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const [whole, parts] = [new Quotes(COMMENTS), new Quotes(COMMENTS)];
        whole.read(one + other);
        parts.read(one);
        parts.read(other);
        expect([parts.open, parts.escaping]).toEqual([whole.open, whole.escaping]);
      }),
    );
  });
});

const COMMENTS = { '--': '\n', '//': '\n', '/*': '*/' };
