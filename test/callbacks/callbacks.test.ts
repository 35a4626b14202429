import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { CallbackAddresses } from '../../src/callbacks/addresses.js';
import { CallbackReader } from '../../src/callbacks/reader.js';

const KEY = { id: 'new', secret: 'n'.repeat(40) };
const OLD = { id: 'old', secret: 'o'.repeat(40) };
const CLAIMS = {
  namespace: 'default',
  workflowId: 'sluice:shop:prod',
  runId: '01a210d1-8abf-7bcf-a229-e3dfc1fe3a6b',
  gate: 'prod/after/1',
  expiresAt: '2030-01-01T00:00:00.000Z',
};
const addresses = new CallbackAddresses({ publicUrl: 'https://s.example/x', keys: [KEY, OLD] });
const reader = new CallbackReader([KEY, OLD]);

const tokenOf = (address: string): string => address.split('/').at(-1) ?? '';

function signed(
  claims: object,
  { key = KEY, alg = 'HS256', iss = 'sluice', aud = 'callback' } = {},
): Promise<string> {
  return new SignJWT({ n: 'default', w: 'w', r: 'r', g: 'g', s: [], exp: 2e9, ...claims })
    .setProtectedHeader({ alg, kid: key.id })
    .setIssuer(iss)
    .setAudience(aud)
    .sign(new TextEncoder().encode(key.secret));
}

describe('the address of a callback', () => {
  it('is below the public address, and says for which step of which run it is', async () => {
    const address = await addresses.issue(CLAIMS, []);
    expect(address).toMatch(/^https:\/\/s\.example\/x\/callbacks\/[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await reader.read(tokenOf(address))).toMatchObject({ claims: CLAIMS });
  });

  it('is the same when it is made again', async () => {
    const [one, again] = [
      await addresses.issue(CLAIMS, ['x'.repeat(9)]),
      await addresses.issue(CLAIMS, ['x'.repeat(9)]),
    ];
    expect(one).toBe(again);
  });

  it('holds no secret', async () => {
    const token = tokenOf(await addresses.issue(CLAIMS, ['hunter2-hunter2']));
    const text = token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join();
    expect(text).not.toContain('hunter2');
  });

  it('is good with every key that is still accepted, and with no other', async () => {
    const old = new CallbackAddresses({ publicUrl: 'https://s.example', keys: [OLD] });
    const token = tokenOf(await old.issue(CLAIMS, []));
    expect(await reader.read(token)).toMatchObject({ claims: { gate: 'prod/after/1' } });
    expect(await new CallbackReader([KEY]).read(token)).toBe('forged');
  });

  it('expires', async () => {
    const token = tokenOf(
      await addresses.issue({ ...CLAIMS, expiresAt: '2020-01-01T00:00:00Z' }, []),
    );
    expect(await reader.read(token)).toBe('expired');
  });

  it.each([
    ['nothing', () => ''],
    ['a text', () => 'abc'],
    ['a key under the wrong id', () => signed({}, { key: { ...KEY, secret: OLD.secret } })],
    ['a key that nobody knows', () => signed({}, { key: { id: 'mine', secret: 'm'.repeat(40) } })],
    ['another algorithm', () => signed({}, { alg: 'HS512' })],
    ['no signature', () => new UnsecuredJWT({ n: 'default' }).setIssuer('sluice').encode()],
    ['another issuer', () => signed({}, { iss: 'somebody' })],
    ['another purpose', () => signed({}, { aud: 'approval' })],
    ['no end', () => signed({ exp: undefined })],
    ['no step', () => signed({ g: undefined })],
    ['a changed claim', async () => (await signed({})).replace(/\.(.)/, '.f')],
    ['a cut signature', async () => (await signed({})).slice(0, -2)],
  ])('is forged with %s', async (_, make) => {
    expect(await reader.read(await make())).toBe('forged');
  });
});

describe('a message that comes back', () => {
  const secret = 'pa$$ "wörd"/1';
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];

  it.each(forms)('has lost the secrets of the call: %s', async (form) => {
    const read = await reader.read(
      tokenOf(await addresses.issue(CLAIMS, [secret, 'other-secret'])),
    );
    if (typeof read === 'string') throw new Error(read);
    const blotted = read.blot(`The token ${form} and other-secret, ${form}.`);
    expect(blotted).toMatch(/^The token \*\*\*=* and \*\*\*, \*\*\*=*\.$/);
  });

  it('keeps everything else', async () => {
    const read = await reader.read(tokenOf(await addresses.issue(CLAIMS, [secret])));
    if (typeof read === 'string') throw new Error(read);
    const text = 'All 214 tests passed, '.repeat(50);
    expect(read.blot(text)).toBe(text);
  });
});
