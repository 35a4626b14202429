import { describe, expect, it } from '@jest/globals';
import {
  environmentBytes,
  secretNamesOf,
  templatesOf,
  withSecrets,
} from '../../src/domain/environmentTemplates.js';

const filled = (value: string) => withSecrets(value, (name) => `<${name}>`);

describe('a value of an environment', () => {
  it.each([
    ['{{secrets.db}}', '<db>'],
    ['a:{{ secrets.db }}@b/{{secrets.key}}', 'a:<db>@b/<key>'],
    ['{{secrets.db}}{{secrets.db}}', '<db><db>'],
    ['{"a": {"b": "{{secrets.db}}"}}', '{"a": {"b": "<db>"}}'],
  ])('is filled in: %s', (value, expected) => {
    expect(filled(value)).toBe(expected);
  });

  it.each(['', 'a', '{{db}}', '{{context.db}}', '{{#secrets.db}}', '{{secrets.db', '{secrets.db}'])(
    'stays as it is: "%s"',
    (value) => {
      expect(filled(value)).toBe(value);
      expect(templatesOf({ VALUE: value })).toEqual({});
    },
  );

  it('is filled in once: what a secret says is no template', () => {
    expect(withSecrets('{{secrets.a}}', () => '{{secrets.b}}$&')).toBe('{{secrets.b}}$&');
  });
});

describe('an environment', () => {
  const environment = { DB: 'a:{{secrets.db}}', KEY: '{{secrets.key}}:{{secrets.db}}', LOG: 'on' };

  it('names its secrets once, and the variables that they are for', () => {
    expect(secretNamesOf(environment)).toEqual(['db', 'key']);
    expect(Object.keys(templatesOf(environment))).toEqual(['DB', 'KEY']);
  });

  it('is as large as its JSON in UTF-8', () => {
    expect(environmentBytes({ A: 'é"' })).toBe(Buffer.byteLength('{"A":"é\\""}'));
  });
});
