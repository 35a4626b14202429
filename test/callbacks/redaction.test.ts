import { describe, expect, it } from '@jest/globals';
import { createCallbackAddresses } from '../../src/callbacks/addresses.js';
import { createCallbackReader } from '../../src/callbacks/reader.js';
import { MAX_MARKDOWN_READ } from '../../src/domain/markdown.js';
import { SECRET_FORMS, SECRETS } from '../support/secretForms.js';
import { KEY, PUBLIC_URL, someClaims, tokenOf } from './support.js';

const addresses = createCallbackAddresses({ publicUrl: PUBLIC_URL, keys: [KEY] });

async function readerOf(...secrets: string[]) {
  const token = tokenOf(await addresses.issue(someClaims(), secrets));
  const found = await createCallbackReader([KEY])(token);
  if ('problem' in found) throw new Error(found.problem);
  return { ...found, token };
}

async function redacted(text: string, ...secrets: string[]): Promise<string> {
  return (await readerOf(...secrets)).redact(text);
}

describe('a message of a system that was given secrets', () => {
  it('loses them, wherever they stand', async () => {
    expect(await redacted('hunter2 and s3cret, hunter2', 'hunter2', 's3cret')).toBe(
      '*** and ***, ***',
    );
    expect(await redacted('xhunter2y', 'hunter2')).toBe('x***y');
  });

  it('keeps everything else', async () => {
    const text = 'All 12 checks passed — größer ✅\n\n| a | b |';
    expect(await redacted(text, 'hunter2')).toBe(text);
    expect(await redacted(text)).toBe(text);
  });

  it.each(
    SECRETS.flatMap((secret) =>
      Object.entries(SECRET_FORMS).map(([form, write]) => [form, secret, write] as const),
    ),
  )('loses %s the secret %j', async (_, secret, write) => {
    const text = await redacted(`They sent (${write(secret)}) to us.`, secret);
    expect(text).toMatch(/^They sent \(\*\*\*=*\) to us\.$/);
  });

  it.each([
    ['in JSON', 'se"cret\n', '{"token":"se\\"cret\\n"}', '{"token":"***"}'],
    [
      'in an address',
      'a b/ü',
      'https://x.example/?t=a%20b%2F%C3%BC&u=1',
      'https://x.example/?t=***&u=1',
    ],
    ['in base64', 'hunter2', 'Basic aHVudGVyMg==', 'Basic ***=='],
    ['in base64url', 'hunter2???>>>', 'a aHVudGVyMj8_Pz4-Pg b', 'a *** b'],
    ['in a form', 'a b/ü', 'token=a+b%2f%c3%bc&u=1', 'token=***&u=1'],
    ['in a path', 'a b/ü', '/hooks/a%20b/%C3%BC/runs', '/hooks/***/runs'],
    ['in JSON with its slashes escaped', 'a/b/c/d', '{"token":"a\\/b\\/c\\/d"}', '{"token":"***"}'],
    ['in the base64 of something longer', 'hunter2', 'dXNlcjpodW50ZXIyOg==', '***=='],
    ['with half a character in it', 'hunter2', 'hun\ud800ter2', '***'],
    ['with what cleaning takes out in it', 'a![hunter', 'a![hun\u0000ter', '***'],
  ])('loses them %s', async (_, secret, text, expected) => {
    expect(await redacted(text, secret)).toBe(expected);
  });

  it('loses secrets that overlap or contain each other, as one', async () => {
    expect(await redacted('<abcdefgh>', 'abcdef', 'defgh', 'bcde')).toBe('<***>');
  });

  it('loses a long secret from its beginning to its end', async () => {
    const secret = Array.from({ length: 300 }, (_, index) => `${index}`).join('');
    expect(await redacted(`<${secret}>`, secret)).toBe('<***>');
  });

  it('keeps what is too short to be a secret', async () => {
    expect(await redacted('abc', 'a', 'abc')).toBe('abc');
  });

  it('loses a secret that goes on beyond what is kept, and what comes then', async () => {
    const text = `${'.'.repeat(MAX_MARKDOWN_READ - 3)}hunter2 and more`;
    expect(await redacted(text, 'hunter2')).toBe(`${'.'.repeat(MAX_MARKDOWN_READ - 3)}***`);
  });

  it('does not keep a part of a secret because others before it became shorter', async () => {
    const secret = 'a secret of some length'.padEnd(700, 'x');
    expect(await redacted(secret.repeat(9), secret)).toMatch(/^(\*\*\*)+$/);
  });

  it('loses the token, so that nobody can use it who reads the message', async () => {
    const { redact, token } = await readerOf();
    expect(redact(`POST /callbacks/${token}/callback failed`)).toBe(
      'POST /callbacks/***/callback failed',
    );
  });

  it('loses every secret itself, even of many, before other forms of any', async () => {
    const secrets = Array.from({ length: 20 }, (_, index) => `secret ${index} end`);
    const { redact, claims } = await readerOf(...secrets);
    expect(redact(secrets.join(' '))).toBe(secrets.map(() => '***').join(' '));
    expect(claims.secrets).toHaveLength(24);
  });
});

describe('the fingerprint of a secret', () => {
  it('is not the signature that the secret would have as the beginning of a token', async () => {
    const { token } = await readerOf();
    const [header, payload, signature = ''] = token.split('.');
    const { claims } = await readerOf(`${header}.${payload}`);
    const [secret] = claims.secrets;
    expect(secret?.hash).toHaveLength(25);
    expect(secret?.hash).not.toContain(signature.slice(0, 22));
  });
});
