import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { readTemplate, spellingsOf } from '../../src/domain/templates.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';

describe('a template', () => {
  it('has the variables in its double braces, in their order', () => {
    const { variables, faults } = readTemplate(
      'a {{context.b}} {{ sluice.region }}{{secrets.c-d}}',
    );
    expect(variables.map(({ name }) => name)).toEqual([
      'context.b',
      'sluice.region',
      'secrets.c-d',
    ]);
    expect(variables[1]?.token).toBe('{{ sluice.region }}');
    expect(faults).toEqual([]);
  });

  it('means the same with armory. as with sluice., and keeps what is written', () => {
    const names = BUILT_IN_VARIABLES.map(({ name }) => name);
    const other = fc.stringMatching(/^(sluice|context|secrets)\.[a-zA-Z.]{0,12}$/);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...names), other), (name) => {
        const written = spellingsOf(name);
        const { variables } = readTemplate(written.map((one) => `{{ ${one} }}`).join());
        expect(variables.map((one) => one.name)).toEqual(written.map(() => name));
        expect(variables.map((one) => one.written)).toEqual(written);
      }),
    );
  });

  it('takes nothing else for armory., and leaves the context its own keys', () => {
    const text = '{{Armory.region}}{{context.armory.region}}{{xarmory.region}}{{armory}}';
    const { variables } = readTemplate(text);
    expect(variables.map(({ name }) => name)).toEqual(variables.map(({ written }) => written));
  });

  it.each([
    'no braces at all',
    'sum(rate(errors{function="a"}[5m])) by (version)',
    '{"a": {"b": {"c": 1}}}',
    '}} closed what was never opened',
  ])('may have single braces and closing ones as text: %s', (text) => {
    expect(readTemplate(text)).toEqual({ variables: [], faults: [], whole: true });
  });

  it.each([
    ['{{#context.a}}b{{/context.a}}', ['{{#context.a}}', '{{/context.a}}']],
    ['{{> partial}}', ['{{> partial}}']],
    ['{{! comment }}', ['{{! comment }}']],
    ['{{&context.a}}', ['{{&context.a}}']],
    ['{{}}', ['{{}}']],
    ['{{a b}}', ['{{a b}}']],
    ['{{{context.a}}}', ['{{{context.a}}']],
  ])('has nothing else of mustache: %s', (text, tokens) => {
    const { faults } = readTemplate(text);
    expect(faults.map(({ token }) => token)).toEqual(tokens);
    expect(faults.every(({ reason }) => reason === 'not a variable')).toBe(true);
  });

  it('says of braces that are not closed where they begin', () => {
    expect(readTemplate('{{a}} {{b').faults).toEqual([
      { token: '{{b', reason: 'unclosed', start: 6, index: 1 },
    ]);
  });

  it('is read in one go, however many braces it has', () => {
    expect(readTemplate('{'.repeat(100_000)).faults).toHaveLength(1);
    expect(readTemplate('{{a}}'.repeat(50_000)).variables).toHaveLength(100);
    expect(readTemplate('{{a}}'.repeat(101)).whole).toBe(false);
    expect(readTemplate('{{a}}'.repeat(100)).whole).toBe(true);
  });
});

describe('the variables that need no value', () => {
  it('all belong to Sluice, and differ', () => {
    const names = BUILT_IN_VARIABLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^sluice\.[a-zA-Z0-9]+$/.test(name))).toEqual([]);
  });
});
