import { describe, expect, it } from '@jest/globals';
import { readTemplate } from '../../src/domain/templates.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';

describe('a template', () => {
  it('has the variables in its double braces, in their order', () => {
    const { variables, faults } = readTemplate(
      'a {{context.b}} {{ armory.region }}{{secrets.c-d}}',
    );
    expect(variables.map(({ name }) => name)).toEqual([
      'context.b',
      'armory.region',
      'secrets.c-d',
    ]);
    expect(variables[1]?.token).toBe('{{ armory.region }}');
    expect(faults).toEqual([]);
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
  it('all belong to armory, and differ', () => {
    const names = BUILT_IN_VARIABLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^armory\.[a-zA-Z0-9]+$/.test(name))).toEqual([]);
  });
});
