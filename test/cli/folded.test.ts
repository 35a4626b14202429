import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { folded } from '../../src/cli/view/folded.js';

describe('a folded command', () => {
  it.each([1, 20, 40, 200])('is the same to a shell at a width of %d', (width) => {
    const words = ['one', "it's", '{"gate":"a  b"}', 'with space', '\\', "''"];
    const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    const command = ['printf', "'%s\\n'", ...quoted].join(' ');
    const output = execFileSync('sh', ['-c', folded(command, width).join('\n')]).toString();
    expect(output.trimEnd().split('\n')).toEqual(words);
  });

  it('is as wide as it may be, and no wider', () => {
    expect(folded('one two three', 13)).toEqual(['one two three']);
    expect(folded('one two three', 10)).toEqual(['one two \\', 'three']);
  });
});
