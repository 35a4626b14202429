import { describe, expect, it, jest } from '@jest/globals';
import {
  nameProblem,
  nameRemedy,
  NAMES,
  normalName,
  type NameKind,
} from '../../src/domain/naming.js';

const KINDS = Object.keys(NAMES) as NameKind[];

describe('a name of any kind', () => {
  it.each(['Sweet Potato Lambda', 'prod-us-east-1', 'café', '日本', '🥔', 'x'.repeat(64)])(
    'may be %s',
    (name) => {
      for (const kind of KINDS) expect(nameProblem(name, kind)).toBeUndefined();
    },
  );

  it.each([
    ['', 'is empty'],
    [' prod', 'begins or ends with white space'],
    ['prod\n', 'begins or ends with white space'],
    ['a\u0007b', 'contains a control character'],
    ['a\nb', 'contains a control character'],
    ['a\u0085b', 'contains a control character'],
    ['a\u2028b', 'contains a control character'],
    ['cafe\u0301', 'is not in Unicode normalisation form C'],
    ['a\ud800b', 'contains half a character'],
    ['a\u200bb', 'contains U+200B, which nobody sees'],
    ['a\u200db', 'contains U+200D, which nobody sees'],
    ['a\u00adb', 'contains U+00AD, which nobody sees'],
    ['a\u202eb', 'contains U+202E, which nobody sees'],
    ['a\ufe0fb', 'contains U+FE0F, which nobody sees'],
    ['a\u3164b', 'contains U+3164, which nobody sees'],
    ['a\u{e0041}b', 'contains U+E0041, which nobody sees'],
    ['a\u00a0b', 'contains U+00A0, which nobody sees'],
    ['x'.repeat(101), /is longer than (?:64|100) characters/],
    ['x'.repeat(5_000_000), /is longer than (?:64|100) characters/],
  ])('may not be %j', (name, problem) => {
    for (const kind of KINDS) expect(nameProblem(name, kind)).toMatch(problem);
  });

  it('is looked at no closer when it is far too long: ordering accents takes their square', () => {
    const accents = `a${'\u0301\u0316'.repeat(300)}`;
    const normalize = jest.spyOn(String.prototype, 'normalize');
    expect(normalName(` ${accents} `)).toBe(accents);
    for (const kind of KINDS) expect(nameProblem(accents, kind)).toMatch(/is longer than/);
    expect(normalize).not.toHaveBeenCalled();
  });

  it('is one name however its accents are encoded, at its full length', () => {
    for (const character of ['\u1faf', '\uac01', '\u{1109a}']) {
      const name = character.repeat(100);
      expect(normalName(` ${name.normalize('NFD')}\n`)).toBe(name);
      expect(nameProblem(name, 'application')).toBeUndefined();
    }
  });

  it('is as long as people count', () => {
    expect(nameProblem('🥔'.repeat(64), 'target')).toBeUndefined();
    expect(nameProblem('🥔'.repeat(65), 'target')).toBe('is longer than 64 characters');
  });

  it('is told how to be mended', () => {
    expect(nameRemedy('role')).toBe(
      'Use 1 to 100 characters, without line breaks and characters that nobody sees.',
    );
  });
});

describe('a name that becomes part of an id', () => {
  it.each([
    ['a:b', 'contains :'],
    [`it's`, `contains '`],
    ['say "hi"', 'contains "'],
    ['say `hi`', 'contains `'],
    ['shop\\', 'contains \\'],
  ])('may not be %j', (name, problem) => {
    expect(nameProblem(name, 'application')).toBe(problem);
    expect(nameProblem(name, 'target')).toBe(problem);
    expect(nameProblem(name, 'role')).toBeUndefined();
  });

  it('may not have the comma of lists where it is a target', () => {
    expect(nameProblem('a, b', 'target')).toBe('contains ,');
    expect(nameProblem('a, b', 'application')).toBeUndefined();
  });
});
