import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { fitIntoQuery } from '../../src/metrics/cloudWatch/queries.js';
import { insideQuotes } from '../../src/metrics/quoting.js';

const fit = insideQuotes(/#[^\n]*/);

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
    expect(fit(value, before)).toBe(expected);
  });

  it('cannot leave back quotes, in which nothing can be escaped', () => {
    expect(() => fit('a`b', 'up{a=`')).toThrow('has a back quote in it');
  });
});

describe("a value in CloudWatch's JSON", () => {
  const insights = (where: string) => `[{"Expression": "SELECT AVG(a) WHERE b = ${where}`;

  it('stays a text, and a text within a text', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, (value) => {
        const before = '[{"Id": "a", "Value": "';
        const filled = `${before}${fitIntoQuery(value, before)}"}]`;
        expect(JSON.parse(filled)).toEqual([{ Id: 'a', Value: value }]);
      }),
    );
    const before = insights("'");
    const [{ Expression = '' } = {}] = JSON.parse(
      `${before}${fitIntoQuery("it's", before)}'"}]`,
    ) as { Expression?: string }[];
    expect(Expression).toBe("SELECT AVG(a) WHERE b = 'it\\'s'");
  });

  it('stays within quotes that are escaped themselves', () => {
    const before = insights('\\"');
    const filled = JSON.parse(`${before}${fitIntoQuery('"', before)}\\""}]`) as unknown;
    expect(filled).toEqual([{ Expression: 'SELECT AVG(a) WHERE b = "\\""' }]);
  });

  it('stands as it is where no text is open', () => {
    expect(fitIntoQuery('300', '[{"Id": "a", "Period": ')).toBe('300');
  });
});

it('an expression for CloudWatch is no JSON', () => {
  expect(fitIntoQuery("it's", "SELECT AVG(a) FROM b WHERE c = '")).toBe("it\\'s");
});
