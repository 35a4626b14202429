import { describe, expect, it } from '@jest/globals';
import { edited } from './edited.js';

const TEXT = 'a: 1\nb:\n  - x\n  - x\n  - x\nc: 2\n';

describe('the edit of a text', () => {
  it.each([
    ['replaces', '-a: 1\n+a: 3\n', TEXT.replace('a: 1', 'a: 3')],
    ['inserts', ' b:\n+  - y\n+\t- z\n', TEXT.replace('b:', 'b:\n  - y\n\t- z')],
    ['deletes', ' b:\n-  - x\n', 'a: 1\nb:\n  - x\n  - x\nc: 2\n'],
    ['appends', ' c: 2\n+d: 3\n', `${TEXT}d: 3\n`],
    ['begins', '+d: 3\n a: 1\n', `d: 3\n${TEXT}`],
    ['is made in two places', '-a: 1\n@@\n-c: 2\n+c: $1\n', 'b:\n  - x\n  - x\n  - x\nc: $1\n'],
  ])('%s', (_name, diff, text) => {
    expect(edited(TEXT, diff)).toBe(text);
  });

  it.each([
    ['is not there', '-a: 2\n+a: 3\n', '0 times'],
    ['is a part of a line', '-a\n+d\n', '0 times'],
    ['is there twice', '   - x\n-  - x\n', '2 times'],
    ['is there three times', '-  - x\n', '3 times'],
    ['is nothing', '+d: 3\n', '7 times'],
    ['has no sign', 'a: 1\n', 'a: 1'],
  ])('is refused where what it edits %s', (_name, diff, message) => {
    expect(() => edited(TEXT, diff)).toThrow(message);
  });
});
