import { describe, expect, it } from '@jest/globals';
import { checkSync } from 'recheck';
import { jsonSchema } from '../../dev/generate/jsonSchema.js';

/** Every pattern of a JSON Schema, wherever in it. */
function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'pattern' && typeof value === 'string') return [value];
    const keys = key === 'patternProperties' ? Object.keys(value as object) : [];
    return [...keys, ...patternsIn(value)];
  });
}

const patterns = [...new Set(patternsIn(JSON.parse(jsonSchema())))];

/** Editors ask them at every key that is typed, and other programs of files from anywhere. */
describe('the patterns of the JSON Schema', () => {
  it.each(patterns)('take no longer than a text is: %s', (pattern) => {
    expect(checkSync(pattern, 'u').status).toBe('safe');
  });

  it('are all looked at', () => {
    expect(patterns.length).toBeGreaterThan(15);
    expect(patterns).toContain('^x-');
  });

  it('would be found out', () => {
    const slow = String.raw`^(?:[^\s{]|\{\{[^{}]*\}\}|\{)*$`;
    expect(checkSync(slow, 'u')).toMatchObject({ status: 'vulnerable' });
  });
});
