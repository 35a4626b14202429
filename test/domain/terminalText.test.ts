import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { encodingOf } from '../../src/cli/presenter/encoding.js';
import { terminal, TerminalText } from '../../src/domain/terminalText.js';
import { anyCharacter } from '../support/anyCharacter.js';

/** What a terminal would obey, or what changes how the rest is read. */
const OBEYED = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const HOSTILE =
  '\u001b]0;title\u0007\u001b[2J\u009b31mred\u202egnp.exe\u009d0;x\u009c\u2028\u{e0041}';

/** Texts of any characters, with more of what is dangerous. */
const texts = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: anyCharacter, maxLength: 5 })))
  .map((parts) => parts.join(''));

describe('a text for a terminal', () => {
  it('has nothing that a terminal would obey', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(TerminalText.of(text).text).not.toMatch(OBEYED);
        expect(TerminalText.line(text).text).not.toMatch(/\n/);
        expect(terminal`a ${text} b`.text).not.toMatch(OBEYED);
      }),
    );
  });

  it('shows that something was there', () => {
    expect(TerminalText.of(HOSTILE).text).toBe('␛]0;title␇␛[2J�31mred�gnp.exe�0;x���');
  });

  it('keeps its line breaks, tabs and the styles of Sluice', () => {
    const red = terminal`${'a\u001bb'}`.styled((text) => `\u001b[31m${text}\u001b[39m`);
    expect(terminal`${red}\n\t${'c\r\nd'}`.text).toBe('\u001b[31ma␛b\u001b[39m\n\tc\nd');
  });
});

describe('an object for a script', () => {
  it.each(['json', 'yaml'] as const)(
    'says the same in %s without such characters',
    async (format) => {
      const encode = await encodingOf(format);
      const whole = texts.map((text) => text.replaceAll(/\p{Cs}/gu, ''));
      const keys = whole.map((text) => `k${text}`);
      fc.assert(
        fc.property(fc.dictionary(keys, fc.array(whole)), (object) => {
          const { text } = encode(object);
          expect(text).not.toMatch(OBEYED);
          const read = (format === 'json' ? JSON.parse(text) : parse(text)) as object;
          expect({ ...read }).toEqual({ ...object });
        }),
      );
    },
  );

  it('is YAML for every reader: characters beyond U+FFFF have one escape', async () => {
    const encode = await encodingOf('yaml');
    expect(encode({ by: 'a\u{e0041}' }).text).toBe('---\nby: "a\\U000e0041"\n');
    expect(encode({ by: 'a\u009b' }).text).toBe('---\nby: "a\\u009b"\n');
  });
});
