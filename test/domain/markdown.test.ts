import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { cleanMarkdown, inOneLine, MAX_MARKDOWN } from '../../src/domain/markdown.js';
import { anyCharacter } from '../support/anyCharacter.js';

describe('Markdown from outside', () => {
  it('keeps what only looks different', () => {
    const text = '## 214 tests\n\n- **2** _flaky_\n- `a < b && c > d`\n\n| a | b |\n|---|---|';
    expect(cleanMarkdown(text)).toBe(text);
  });

  it.each(['[log](https://ci.example.com/1)', '[mail](mailto:a@example.com)'])(
    'keeps the link %s',
    (link) => expect(cleanMarkdown(link)).toBe(link),
  );

  it.each([
    ['a script', '<script>x</script>', '< script>x< /script>'],
    ['an image of HTML', '<img src=x onerror=y>', '< img src=x onerror=y>'],
    ['HTML that is not closed', 'a <iframe', 'a < iframe'],
    ['a comment', '<!-- x', '< !-- x'],
    ['an image', '![pixel](https://example.com/p.gif)', '[pixel](https://example.com/p.gif)'],
    ['an image behind more marks', '!!![p](https://a.example)', '[p](https://a.example)'],
    ['a script as a link', '[x](javascript:alert(1))', '[x] (javascript:alert(1))'],
    ['a script behind white space', '[x]( javascript:y)', '[x] ( javascript:y)'],
    ['a script written with entities', '[x](&#106;avascript:y)', '[x] (&#106;avascript:y)'],
    ['a link to data', '[x](data:text/html,y)', '[x] (data:text/html,y)'],
    ['a link that is defined elsewhere', '[x]: javascript:y', '[x] : javascript:y'],
    ['a link in brackets', '<javascript:y>', '< javascript:y>'],
    ['codes for the terminal', 'a\u001b[31mred', 'a [31mred'],
    ['text that changes its direction', 'a\u202eb', 'a b'],
  ])('loses %s', (_, given, cleaned) => {
    expect(cleanMarkdown(given)).toBe(cleaned);
  });

  it('is cut', () => {
    const cleaned = cleanMarkdown('a'.repeat(1_000_000));
    expect(cleaned).toHaveLength(MAX_MARKDOWN);
    expect(cleaned.endsWith('…')).toBe(true);
  });

  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom('![', '](', ']:', '<', '!', '[', '(', 'javascript:', 'https://', '\n', ' '),
        fc.string({ maxLength: 4, unit: anyCharacter }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

  it('is the same when it is cleaned once more, and never has what is dangerous', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cleaned = cleanMarkdown(text);
        expect(cleanMarkdown(cleaned)).toBe(cleaned);
        expect(cleaned).not.toMatch(/!\[|<[a-z/!?]|\]\((?!https?:\/\/|mailto:)/i);
      }),
    );
  });
});

describe('a text where there is little room', () => {
  it('is one line, and cut', () => {
    expect(inOneLine('a\n\n  b', 10)).toBe('a b');
    expect(inOneLine('abcdef', 4)).toBe('abc…');
  });
});
