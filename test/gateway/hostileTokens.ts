import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { KEY } from '../callbacks/support.js';
import { anyCharacter } from '../support/anyCharacter.js';

/** A token that would be accepted, taken apart. */
interface Parts {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function partsOf(token: string): Parts {
  const [header, payload] = token
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as never);
  return { header: header!, payload: payload! };
}

function signed({ header, payload }: Parts, secret = KEY.secret, hash = 'sha256'): string {
  const text = `${encoded(header)}.${encoded(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

/** Tokens that must not be accepted. Some are made with the key, which nobody outside has. */
export function hostileTokens(good: string): fc.Arbitrary<string> {
  const { header, payload } = partsOf(good);
  const withHeader = (more: object) => ({ header: { ...header, ...more }, payload });
  const withPayload = (more: object) => ({ header, payload: { ...payload, ...more } });
  const [first = '', second = '', signature = ''] = good.split('.');

  const noToken = fc.oneof(
    fc.string({ minLength: 1, unit: anyCharacter }).map(encodeURIComponent),
    fc.base64String({ minLength: 1 }).map(encodeURIComponent),
    fc.constantFrom(
      '..%2f..%2fetc%2fpasswd',
      '%00',
      'null',
      '__proto__',
      '%',
      '%zz',
      '.',
      '..',
      '...',
    ),
    fc.nat(14_000).map((length) => 'x'.repeat(length + 1)),
  );
  const unsigned = fc
    .constantFrom('none', 'None', 'NONE', 'nOnE', '')
    .chain((alg) => fc.constantFrom('', signature, 'x').map((end) => ({ alg, end })))
    .map(({ alg, end }) => `${encoded({ ...header, alg })}.${second}.${end}`);
  const wrongKey = fc
    .oneof(fc.string(), fc.constantFrom('', KEY.id, 'sluice', 'secret', KEY.secret.slice(1)))
    .map((secret) => signed({ header, payload }, secret));
  const wrongAlgorithm = fc
    .constantFrom('HS384', 'HS512', 'RS256', 'ES256', 'PS256', 'EdDSA', 'dir', 'A256GCM', 256, null)
    .map((alg) => signed(withHeader({ alg }), KEY.secret, alg === 'HS512' ? 'sha512' : 'sha384'));
  const wrongHeader = fc
    .constantFrom<object>(
      { kid: '../../first' },
      { kid: '__proto__' },
      { kid: 'constructor' },
      { kid: ['first'] },
      { kid: { toString: 'first' } },
      { kid: '' },
      { kid: undefined },
      { crit: ['exp'] },
      { crit: ['b64'], b64: false },
      { alg: undefined },
    )
    .map((more) => signed(withHeader(more)));
  const wrongClaims = fc
    .constantFrom<object>(
      { exp: 1 },
      { exp: -1 },
      { exp: '9999999999' },
      { exp: undefined },
      { iss: 'other' },
      { aud: 'other' },
      { aud: undefined },
      { nbf: 9_999_999_999 },
      { n: 'other' },
      { n: undefined },
      { n: ['default'] },
    )
    .map((more) => signed(withPayload(more)));
  const otherPayload = fc
    .constantFrom<object>(
      { g: 'prod/before/2' },
      { exp: 9_999_999_999 },
      { n: 'other' },
      { w: 'x' },
    )
    .map((more) => `${first}.${encoded({ ...payload, ...more })}.${signature}`);
  const shuffled = fc
    .shuffledSubarray([first, second, signature, first, second, 'e30', ''], { maxLength: 6 })
    .map((parts) => parts.join('.'))
    .filter((token) => token !== good && token !== '');
  // Not the last character: it has bits that do not count.
  const mutated = fc
    .record({
      at: fc.nat(good.length - 2),
      instead: fc.stringMatching(/^[\w-]{0,3}$/),
    })
    .map(({ at, instead }) => good.slice(0, at) + instead + good.slice(at + 1))
    .filter((token) => token !== good);
  return fc.oneof(
    ...[noToken, unsigned, wrongKey, wrongAlgorithm, wrongHeader, wrongClaims],
    ...[otherPayload, shuffled, mutated],
  );
}
