import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/settings/settings.js';
import { createSecrets } from '../../src/worker/secrets.js';

const SETTINGS = `
secrets:
  from:
    - environment: {prefix: SLUICE_SECRET_}
    - directory: secrets
  rules:
    - {applications: [shop], allow: ['ci-*', 's*']}
    - {applications: ["cafe\u0301"], allow: [ci_admin, ADMIN-key, ßecret, File_A]}
`;

const ENVIRONMENT = {
  SLUICE_SECRET_CI_ADMIN: 'the admin',
  SLUICE_SECRET_ADMIN_KEY: 'the key',
  SLUICE_SECRET_SSECRET: 'another',
  SLUICE_SECRET_SHOP: 'of the shop',
};

let folder: string;
let get: (application: string, name: string) => Promise<string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-secret-names-'));
  const file = join(folder, 'settings.yaml');
  await writeFile(file, SETTINGS.replace('directory: secrets', `directory: ${folder}`));
  await writeFile(join(folder, 'File_A'), 'of a file');
  await writeFile(join(folder, 'file-a'), 'of another file');
  const environment = { ...ENVIRONMENT, SLUICE_SETTINGS: file };
  const secrets = createSecrets(await readSettings(environment), environment);
  get = (application, name) => secrets.get(application, name);
});
afterAll(() => rm(folder, { recursive: true }));

const answered = (application: string, name: string): Promise<string | undefined> =>
  get(application, name).catch(() => undefined);

describe('a secret in the environment', () => {
  it.each(['ci_admin', 'ci-admin', 'CI-Admin', 'ci.admin'])(
    'is one secret, for whoever a rule lets use it by any of its names: %s',
    async (name) => {
      expect(await get('shop', name)).toBe('the admin');
      expect(await get('caf\u00e9', name)).toBe('the admin');
      await expect(get('search', name)).rejects.toMatchObject({ type: 'secretNotFound' });
    },
  );

  it.each(['admin-key', 'ADMIN_KEY', 'admin.key'])(
    'is not for others by another: %s',
    async (name) => {
      expect(await get('café', name)).toBe('the key');
      await expect(get('shop', name)).rejects.toMatchObject({
        message: `The worker's settings do not let shop use the secret ${name}.`,
      });
    },
  );

  it.each([
    'ßecret',
    'ſsecret',
    'cı-admin',
    '\u212aey',
    'ﬁle',
    'ŉ',
    '',
    'a b',
    'a:b',
    '*',
    'x'.repeat(257),
  ])('has no name that becomes one in another case, or has other characters: %j', async (name) => {
    for (const application of ['shop', 'café'])
      await expect(get(application, name)).rejects.toMatchObject({
        type: 'secretNotFound',
        nonRetryable: true,
        message: expect.stringContaining('cannot be the name of a secret'),
      });
  });

  it('is not let by a rule that names no secret', async () => {
    for (const name of ['-ecret', '_ecret', 'ssecret', '?ecret'])
      await expect(get('café', name)).rejects.toMatchObject({ type: 'secretNotFound' });
  });

  it('is never had by a name that no rule lets the application use', async () => {
    const parts = ['ci', 'admin', 'CI', 'ADMIN', 'key', 'shop', 'ß', 'ſ', '-', '_', '.', '/'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...parts), { maxLength: 4 }), async (words) => {
        const name = words.join('');
        const variable = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
        const isOfShop = /^CI_|^S/.test(variable);
        const found = await answered('shop', name);
        if (!isOfShop) expect(found).toBeUndefined();
        expect(await answered('search', name)).toBeUndefined();
      }),
    );
  });
});

describe('a secret in a directory', () => {
  it('has the name of its file, and no other', async () => {
    expect(await get('café', 'File_A')).toBe('of a file');
    for (const name of ['file-a', 'FILE_A', 'file_a', 'File-A'])
      await expect(get('café', name)).rejects.toMatchObject({ type: 'secretNotFound' });
  });
});
