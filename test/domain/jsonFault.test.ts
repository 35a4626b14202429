import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { faultIn } from '../../src/domain/jsonFault.js';
import { isJsonTemplate, jsonFaultLine } from '../../src/domain/jsonTemplate.js';

describe('a fault of JSON', () => {
  it.each([
    ['{"a": 1 ⟦"b": 2}'],
    ['{"a": 1,⟦}'],
    ['[1,⟦]'],
    ['{"a" ⟦1}'],
    ['{"a": ⟦b}'],
    ['{⟦a: 1}'],
    ['[1 ⟦2]'],
    ['{"a": [1⟦}'],
    ['{"a": ⟦"x\ny"}'],
    ['[0⟦1]'],
    ['"a" ⟦,'],
    ['1 ⟦2'],
    ['⟦'],
    ['  ⟦'],
    ['{"a": 1⟦'],
    ['{"a": ⟦"b'],
    ["[⟦'a']"],
    ['[⟦tru'],
    ['⟦}'],
  ])('is found where it is: %s', (marked) => {
    const [before = '', after = ''] = marked.split('⟦');
    expect(faultIn(before + after)).toBe(before.length);
  });

  it('is none in JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => faultIn(text) === undefined));
  });

  it('is found in whatever is none, and never behind its end', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'{}[],:"\\ 10-.eatrufls\n') });
    fc.assert(
      fc.property(letters, (text) => {
        const at = faultIn(text);
        if (at !== undefined) expect(at).toBeLessThanOrEqual(text.length);
        else expect(() => void JSON.parse(text)).not.toThrow();
      }),
    );
  });
});

describe('a template', () => {
  it('is JSON when it is with numbers in the place of its variables', () => {
    expect(isJsonTemplate('{"a": "{{context.a}}", "b": {{context.b}}}')).toBe(true);
    expect(isJsonTemplate('{{context.all}}')).toBe(false);
  });

  it('stops being JSON in a line', () => {
    expect(jsonFaultLine('{\n"a": "{{context.a}}"\n"b": 1}')).toBe(2);
  });
});
