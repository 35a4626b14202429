import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { BLOT, withoutSecrets } from '../../src/domain/redaction.js';
import { SECRET_FORMS, SECRETS } from '../support/secretForms.js';
import { anyCharacter } from '../support/anyCharacter.js';

describe.each(SECRETS)('the secret %j', (secret) => {
  it.each(Object.entries(SECRET_FORMS))('is taken out %s', (_, form) => {
    const text = withoutSecrets(`They sent (${form(secret)}) to us.`, [secret]);
    expect(text).toMatch(/^They sent \(\*\*\*=*\) to us\.$/);
  });
});

describe('a secret', () => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 });

  it.each(Object.entries(SECRET_FORMS))('of any characters is taken out %s', (_, form) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        fc.pre(/[a-z0-9]{4}/i.test(secret));
        const text = withoutSecrets(`(${form(secret)})`, [secret]);
        expect(text).toContain(BLOT);
        expect(text.replace(/\W/g, '')).not.toContain(secret.replace(/\W/g, '') || secret);
      }),
    );
  });

  it('that is short is taken out as it is, and nowhere else', () => {
    expect(withoutSecrets('on and dXNlcjpvbg== of on', ['on'])).toBe('*** and dXNlcjpvbg== of ***');
  });

  it('that is a part of another leaves nothing of that behind', () => {
    expect(withoutSecrets('abcdefgh', ['cdef', 'abcdefgh'])).toBe('***');
  });
});

describe('a text without a secret', () => {
  it('stays as it is, whatever it looks like', () => {
    const texts = ['100 % of a+b & c', 'C:\\path %zz %C3 &amp; \\u12', '✅ größer — <b>', ''];
    for (const text of texts) expect(withoutSecrets(text, ['hunter2'])).toBe(text);
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(withoutSecrets(text, ['a secret that is in no such text'])).toBe(text);
      }),
    );
  });
});
