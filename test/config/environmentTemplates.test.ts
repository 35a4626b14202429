import { describe, expect, it } from '@jest/globals';
import { codes, shopWith } from './support.js';

const environment = (text: string) => shopWith('LEVEL: info', text);

describe('a value of an environment', () => {
  it.each([
    ['that is a secret', 'DB: "{{secrets.orders-db}}"'],
    ['that is an address with a secret', 'DB: "postgres://app:{{ secrets.db }}@host/db"'],
    ['of several secrets', 'DB: "{{secrets.user}}:{{secrets.password}}"'],
    ['of other braces, which stay', 'DB: "{{user}} {{#each}} {{ 1 }} {{"'],
  ])('may be one %s', (_name, text) => {
    expect(codes(environment(text))).toEqual([]);
  });

  it.each([
    ['a secret that can have no such name', 'DB: "{{secrets.schlüssel}}"', 'secret-name'],
    [
      'more variables than are read',
      `DB: "${'{{a}}'.repeat(101)}{{secrets.db}}"`,
      'template-too-large',
    ],
    [
      'more secrets than a deployment may use',
      `DB: "${Array.from({ length: 51 }, (_, index) => `{{secrets.a${index}}}`).join('')}"`,
      'too-many-secrets',
    ],
  ])('may not have %s', (_name, text, code) => {
    expect(codes(environment(text))).toEqual([code]);
  });

  it.each(['{{secret.db}}', '{{{secrets.db}}}', '{{Secrets.db}}', '{{secrets.db', '{{secrets.}}'])(
    'is warned of where it has braces that are only like a secret: %s',
    (text) => {
      expect(codes(environment(`DB: "a ${text}"`))).toEqual(['unfilled-secret']);
    },
  );

  it('counts without its secrets, whose length only a worker knows', () => {
    const others = { RETRIES: '3', RELEASE: '1.10', DEBUG: 'false' };
    const room = 'x'.repeat(4096 - JSON.stringify({ DB: '', ...others }).length);
    expect(codes(environment(`DB: "${room}{{secrets.db}}"`))).toEqual([]);
    expect(codes(environment(`DB: "${room}x{{secrets.db}}"`))).toEqual(['environment-size']);
  });
});
