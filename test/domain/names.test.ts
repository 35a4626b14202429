import { describe, expect, it } from '@jest/globals';
import { MAX_TARGET_LENGTH, nameProblem } from '../../src/domain/names.js';

describe('a name that becomes part of a workflow id', () => {
  it.each(['Sweet Potato Lambda', 'prod-us-east-1', 'café', '日本', 'x'.repeat(64)])(
    'may be %s',
    (name) => {
      expect(nameProblem(name, MAX_TARGET_LENGTH)).toBeUndefined();
    },
  );

  it.each([
    ['', 'is empty'],
    [' prod', 'begins or ends with white space'],
    ['prod\n', 'begins or ends with white space'],
    ['a:b', 'contains :'],
    [`it's`, `contains '`],
    ['say "hi"', 'contains "'],
    ['a\u0007b', 'contains a control character'],
    ['cafe\u0301', 'is not in Unicode normalisation form C'],
    ['a\ud800b', 'contains half a character'],
    ['x'.repeat(65), 'is longer than 64 characters'],
  ])('may not be %j', (name, problem) => {
    expect(nameProblem(name, MAX_TARGET_LENGTH)).toBe(problem);
  });
});
