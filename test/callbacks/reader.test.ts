import { createHmac, generateKeyPairSync } from 'node:crypto';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from '@jest/globals';
import { createCallbackAddresses } from '../../src/callbacks/addresses.js';
import { createCallbackReader } from '../../src/callbacks/reader.js';
import { KEY, OTHER_KEY, PUBLIC_URL, someClaims, tokenOf } from './support.js';

const read = createCallbackReader([KEY, OTHER_KEY]);

async function issued(more: Parameters<typeof someClaims>[0] = {}, key = KEY): Promise<string> {
  const addresses = createCallbackAddresses({ publicUrl: PUBLIC_URL, keys: [key] });
  return tokenOf(await addresses.issue(someClaims(more), []));
}

/** The same claims, with another header or signature. */
async function payloadOf(more: Parameters<typeof someClaims>[0] = {}) {
  const [, payload = ''] = (await issued(more)).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

const secretOf = ({ secret }: { secret: string }) => new TextEncoder().encode(secret);

function signed(payload: Record<string, unknown>, header: object, secret = secretOf(KEY)) {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', kid: KEY.id, ...header })
    .sign(secret);
}

describe('a token', () => {
  it('is accepted from every key of the settings', async () => {
    expect(await read(await issued({}, OTHER_KEY))).toHaveProperty('claims');
  });

  it('has expired', async () => {
    expect(await read(await issued({ expiresAt: '2020-01-01T00:00:00Z' }))).toEqual({
      problem: 'expired',
    });
  });

  it('names a key that is not known', async () => {
    const other = { id: 'third', secret: KEY.secret };
    expect(await read(await issued({}, other))).toEqual({ problem: 'unknownKey' });
  });

  it('names no key', async () => {
    expect(await read(await signed(await payloadOf(), { kid: undefined }))).toEqual({
      problem: 'unknownKey',
    });
  });
});

describe('a forged token', () => {
  const cases: Record<string, () => string | Promise<string>> = {
    'that is none': () => 'callback',
    'that is empty': () => '',
    'of dots': () => '..',
    'with the signature of another key': async () =>
      signed(await payloadOf(), {}, secretOf(OTHER_KEY)),
    'with one bit changed': async () => {
      const token = await issued();
      const last = token.at(-5) === 'A' ? 'B' : 'A';
      return `${token.slice(0, -5)}${last}${token.slice(-4)}`;
    },
    'with another payload': async () => {
      const [header, , signature] = (await issued()).split('.');
      const payload = base64url.encode(JSON.stringify(await payloadOf({ gate: 'prod/steps/9' })));
      return `${header}.${payload}.${signature}`;
    },
    'without a signature': async () => `${(await issued()).split('.').slice(0, 2).join('.')}.`,
    'with the algorithm none': async () => new UnsecuredJWT(await payloadOf()).encode(),
    'with a stronger algorithm than ours': async () => {
      const secret = Buffer.from(secretOf(KEY).toString().padEnd(64));
      return signed(await payloadOf(), { alg: 'HS512' }, secret);
    },
    'with the algorithm of a public key': async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return new SignJWT(await payloadOf())
        .setProtectedHeader({ alg: 'RS256', kid: KEY.id })
        .sign(privateKey);
    },
    'with an extension that must be understood': async () => {
      const header = { alg: 'HS256', kid: KEY.id, crit: ['x'], x: 1 };
      const payload = JSON.stringify(await payloadOf());
      const text = `${base64url.encode(JSON.stringify(header))}.${base64url.encode(payload)}`;
      const signature = createHmac('sha256', KEY.secret).update(text).digest('base64url');
      return `${text}.${signature}`;
    },
    'of another issuer': async () => signed({ ...(await payloadOf()), iss: 'other' }, {}),
    'for another audience': async () => signed({ ...(await payloadOf()), aud: 'other' }, {}),
    'that never expires': async () => signed({ ...(await payloadOf()), exp: undefined }, {}),
    'that has expired, too': async () => {
      const expired = await payloadOf({ expiresAt: '2020-01-01T00:00:00Z' });
      return signed(expired, {}, secretOf(OTHER_KEY));
    },
  };

  it.each(Object.entries(cases))('%s', async (_, make) => {
    expect(await read(await make())).toEqual({ problem: 'forged' });
  });
});
