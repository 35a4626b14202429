import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { detailsText, Markdown, marked, summaryText } from '../../src/domain/markdownText.js';
import { anyCharacter } from '../support/anyCharacter.js';

/** What CommonMark shows of a text in which only escapes stand. */
function shownBy(markdown: string): string {
  return markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Characters that could be markup, and are not escaped. */
const BARE = /(?<!\\)(?:\\\\)*[`*_{}[\]<>#|~&]/;

describe('a text in Markdown of the Temporal UI', () => {
  it('is shown as it is, in one line, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const { text: markdown } = marked`${text}`;
        expect(markdown).not.toMatch(/[\n\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(markdown).not.toMatch(BARE);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shownBy(marked`${text}`.text)).toBe(text.replaceAll(/\s+/g, ' '));
      }),
    );
  });

  it.each([
    ['an image', '![r](https://evil.example/role.png)', '!\\[r\\](https://evil.example/role.png)'],
    ['a heading', 'sre\n\n# Approved already', 'sre \\# Approved already'],
    ['HTML', '<img src=x>', '\\<img src=x\\>'],
    ['an escape', '\\[x](y)', '\\\\\\[x\\](y)'],
    ['an entity', '&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['codes for a terminal', 'a\u009b31mred', 'a 31mred'],
    ['text that changes its direction', 'a\u202eb', 'a b'],
  ])('is no %s', (_, text, markdown) => {
    expect(marked`- ${text}`.text).toBe(`- ${markdown}`);
  });

  it('is escaped once, however often it is put into other Markdown', () => {
    const inner = marked`**${'a*b'}**`;
    expect(marked`- ${inner}: ${'c_d'}`.text).toBe('- **a\\*b**: c\\_d');
  });
});

describe('Markdown of others', () => {
  it('is a quotation without what could do harm', () => {
    const { text } = Markdown.quoted('a\n```\n![x](https://evil.example/p.png) <script>');
    expect(text).toBe('> a\n> ```\n> [x](https://evil.example/p.png) < script>');
  });
});

describe('lines that are shown as they are', () => {
  it('cannot end what they stand in', () => {
    expect(Markdown.fenced(['a ```` b', '```']).text).toBe('`````\na ```` b\n```\n`````');
    expect(Markdown.fenced(['a\n```\n# b']).text).toBe('````\na ``` # b\n````');
  });
});

describe('what Temporal takes', () => {
  it('is not more than it takes, cut at a whole character', () => {
    expect(summaryText('東'.repeat(500))).toMatch(/^東+…$/);
    expect(Buffer.byteLength(summaryText('東'.repeat(500)))).toBeLessThanOrEqual(400);
    expect(Buffer.byteLength(summaryText('*'.repeat(500)))).toBeLessThanOrEqual(400);
    const details = detailsText(marked`${'京*'.repeat(20_000)}`);
    expect(Buffer.byteLength(details)).toBeLessThanOrEqual(20_000);
  });
});
