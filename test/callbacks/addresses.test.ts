import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from '@jest/globals';
import { createCallbackAddresses } from '../../src/callbacks/addresses.js';
import { createCallbackReader } from '../../src/callbacks/reader.js';
import { KEY, OTHER_KEY, PUBLIC_URL, someClaims, tokenOf } from './support.js';

const addresses = createCallbackAddresses({ publicUrl: PUBLIC_URL, keys: [KEY, OTHER_KEY] });
const read = createCallbackReader([KEY, OTHER_KEY]);

describe('the address of a callback', () => {
  it('is below the public address, and needs no escaping', async () => {
    expect(await addresses.issue(someClaims(), [])).toMatch(
      /^https:\/\/sluice\.example\.com\/hooks\/callbacks\/[\w-]+\.[\w-]+\.[\w-]+$/,
    );
  });

  it('is the same each time, in whatever order the secrets come', async () => {
    const once = await addresses.issue(someClaims(), ['secret one', 'secret two']);
    expect(await addresses.issue(someClaims(), ['secret two', 'secret one'])).toBe(once);
  });

  it('differs for every step of every run', async () => {
    const all = await Promise.all([
      addresses.issue(someClaims(), []),
      addresses.issue(someClaims({ gate: 'prod/before/2' }), []),
      addresses.issue(someClaims({ runId: '01912345-0000-7000-8000-000000000001' }), []),
    ]);
    expect(new Set(all).size).toBe(3);
  });

  it('says what it is good for, to who has the key', async () => {
    const claims = someClaims({ workflowId: 'sluice:größe:προδ', gate: 'προδ/steps/12' });
    const token = tokenOf(await addresses.issue(claims, []));
    expect(await read(token)).toMatchObject({ claims: { ...claims, secrets: [] } });
  });

  it('lasts as long as its step waits, to the second', async () => {
    const claims = someClaims({ expiresAt: '2099-01-01T00:00:00.001Z' });
    expect(await read(tokenOf(await addresses.issue(claims, [])))).toMatchObject({
      claims: { expiresAt: '2099-01-01T00:00:01.000Z' },
    });
  });

  it('is signed with the first key, which it names', async () => {
    const token = tokenOf(await addresses.issue(someClaims(), []));
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', kid: KEY.id });
    expect(await createCallbackReader([OTHER_KEY])(token)).toEqual({ problem: 'unknownKey' });
  });

  it('holds no secret, and stays short with the longest names and many secrets', async () => {
    const secrets = Array.from({ length: 50 }, (_, index) => `a secret/${index}/`.padEnd(99, 'x'));
    const target = '目'.repeat(64);
    const claims = someClaims({
      workflowId: `sluice:${'目'.repeat(100)}:${target}`,
      gate: `${target}/before/100`,
    });
    const address = await addresses.issue(claims, secrets);
    expect(JSON.stringify(decodeJwt(tokenOf(address)))).not.toContain('secret');
    expect(address.length).toBeLessThan(3000);
  });

  it('cannot be made without a key', () => {
    expect(() => createCallbackAddresses({ publicUrl: PUBLIC_URL, keys: [] })).toThrow(
      'there is no callback key',
    );
  });
});
