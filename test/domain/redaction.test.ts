import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { BLOT, withoutSecrets } from '../../src/domain/redaction.js';

/** Every form in which a secret leaves Sluice, or comes back from a system that quotes what it got. */
const FORMS: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  'in a header': (secret) => secret.trim(),
  'in a query': (secret) => encodeURIComponent(secret),
  'in a query, in lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%[\dA-F]{2}/g, (one) => one.toLowerCase()),
  'in a path': (secret) => secret.split('/').map(encodeURIComponent).join('/'),
  'in a host': (secret) => encodeURIComponent(secret).replaceAll('%3A', ':'),
  'in a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON with slashes escaped': (secret) =>
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'in JSON of ASCII alone': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll(/[^\0-~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in JSON within JSON': (secret) =>
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'in a form within JSON': (secret) =>
    JSON.stringify(new URLSearchParams({ secret }).toString().slice('secret='.length)).slice(1, -1),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 without its end': (secret) =>
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in the base64 of a user and a password': (secret) =>
    Buffer.from(`someone:${secret}`).toString('base64'),
  'in the base64 of JSON': (secret) =>
    Buffer.from(JSON.stringify({ token: secret })).toString('base64'),
  'in HTML': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'in Markdown': (secret) => secret.replaceAll(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&'),
  'with invisible characters in it': (secret) => [...secret].join('\u200b'),
  'with control characters in it': (secret) => [...secret].join('\u0000'),
  'over several lines': (secret) => [...secret].join('\n'),
};

const SECRETS = [
  'hunter2-of-the-callbacks',
  'a/b+c=d?e&f%2g h',
  'se"cr\\et\'<&>',
  'größer als 12 ✅',
  'C:\\new\\table',
];

describe.each(SECRETS)('the secret %j', (secret) => {
  it.each(Object.entries(FORMS))('is taken out %s', (_, form) => {
    const text = withoutSecrets(`They sent (${form(secret)}) to us.`, [secret]);
    expect(text).toMatch(/^They sent \(\*\*\*=*\) to us\.$/);
  });
});

describe('a secret', () => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 });

  it.each(Object.entries(FORMS))('of any characters is taken out %s', (_, form) => {
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
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(withoutSecrets(text, ['a secret that is in no such text'])).toBe(text);
      }),
    );
  });
});
