import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WORKER_ACCOUNT, awsOptions } from '../../dev/stack/awsOptions.js';
import {
  createSecretStore,
  type SecretPlaceSettings,
  type SecretStoreSettings,
} from '../../src/activities/secrets/createSecretStore.js';
import { workerAwsEnvironment } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-secrets-'));
  Object.assign(process.env, workerAwsEnvironment());
});
afterAll(() => rm(folder, { recursive: true }));

const store = (places: SecretPlaceSettings[], more: Partial<SecretStoreSettings> = {}) =>
  createSecretStore({ places, mayUse: () => true, environment: {}, ...more });

describe('a secret of the environment', () => {
  it.each([
    ['ci-token', 'SLUICE_SECRET_CI_TOKEN'],
    ['chat.hook/2', 'SLUICE_SECRET_CHAT_HOOK_2'],
  ])('%s is the variable %s', async (name, variable) => {
    const places = [{ environment: { prefix: 'SLUICE_SECRET_' } }];
    const secrets = store(places, { environment: { [variable]: 'from-variable' } });
    expect(await secrets.get('shop', name)).toBe('from-variable');
  });

  it('that is empty is none', async () => {
    const places = [{ environment: { prefix: 'S_' } }];
    await expect(store(places, { environment: { S_X: '' } }).get('shop', 'x')).rejects.toThrow();
  });
});

describe('a secret in a directory', () => {
  it('is a file, without the line break at its end, as it is now', async () => {
    const secrets = store([{ directory: folder }]);
    await writeFile(join(folder, 'token'), 'one\n');
    expect(await secrets.get('shop', 'token')).toBe('one');
    await writeFile(join(folder, 'token'), 'two');
    expect(await secrets.get('shop', 'token')).toBe('two');
  });

  it.each(['../token', '..', '.', '/etc/passwd', 'a/b', '..data'])(
    'is nowhere else: %s',
    async (name) => {
      await writeFile(join(folder, 'token'), 'one');
      const inside = join(folder, 'inside');
      const secrets = store([{ directory: name.startsWith('..') ? inside : folder }]);
      await expect(secrets.get('shop', name)).rejects.toMatchObject({ type: 'secretNotFound' });
    },
  );
});

describe('a secret of AWS Secrets Manager', () => {
  const region = 'eu-west-1';
  const prefix = uniqueName('sluice/');
  beforeAll(async () => {
    const place = { awsEndpoint: inject('awsEndpoint'), account: WORKER_ACCOUNT, region };
    const client = new SecretsManagerClient(awsOptions(place));
    await client.send(new CreateSecretCommand({ Name: `${prefix}token`, SecretString: 'of-aws' }));
    client.destroy();
  });

  it('has the prefix of the settings before its name', async () => {
    const secrets = store([{ awsSecretsManager: { region, prefix } }]);
    expect(await secrets.get('shop', 'token')).toBe('of-aws');
  });

  it('that is not there is looked for in the next place', async () => {
    const places = [{ awsSecretsManager: { region, prefix } }, { environment: { prefix: 'S_' } }];
    expect(await store(places, { environment: { S_OTHER: 'x' } }).get('shop', 'other')).toBe('x');
  });

  it('cannot be read while AWS does not answer, which may pass', async () => {
    const before = process.env['AWS_ENDPOINT_URL'];
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:9';
    const reading = store([{ awsSecretsManager: { region, prefix } }]).get('shop', 'token');
    await expect(reading).rejects.toMatchObject({ type: 'awsUnavailable', nonRetryable: false });
    process.env['AWS_ENDPOINT_URL'] = before;
  });
});

describe('a secret that cannot be had', () => {
  it('says where it was looked for, and how to mend it', async () => {
    const places = [{ environment: { prefix: 'S_' } }, { directory: '/run/secrets' }];
    await expect(store(places).get('shop', 'nobody')).rejects.toMatchObject({
      nonRetryable: true,
      message:
        'There is no secret nobody. It was looked for in: the environment (S_…), the directory /run/secrets.',
    });
  });

  it('is that of another application', async () => {
    const mayUse = (application: string): boolean => application === 'shop';
    const environment = { S_X: 'x' };
    const secrets = store([{ environment: { prefix: 'S_' } }], { mayUse, environment });
    expect(await secrets.get('shop', 'x')).toBe('x');
    await expect(secrets.get('other', 'x')).rejects.toMatchObject({
      type: 'secretNotFound',
      message: "The worker's settings do not let other use the secret x.",
    });
  });
});
