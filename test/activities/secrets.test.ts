import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WORKER_ACCOUNT, awsOptions } from '../../dev/stack/awsOptions.js';
import {
  createSecretStore,
  type SecretPlaceSettings,
  type SecretStoreSettings,
} from '../../src/activities/secrets/createSecretStore.js';
import { workerAwsEnvironment } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-secrets-'));
  Object.assign(process.env, workerAwsEnvironment());
});
afterAll(() => rm(folder, { recursive: true }));

const store = (places: SecretPlaceSettings[], more: Partial<SecretStoreSettings> = {}) =>
  createSecretStore({ places, mayUse: () => true, environment: {}, ...more });

/** Where the worker's requests to AWS go until the test is over. */
function withAwsAt(endpoint: string): void {
  jest.replaceProperty(process, 'env', { ...process.env, AWS_ENDPOINT_URL: endpoint });
}

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

  it.each(['../token', '..', '.', '../inside/own', 'own/../own', '..data', 'x'.repeat(300)])(
    'is nowhere else: %s',
    async (name) => {
      const inside = join(folder, 'inside');
      await mkdir(join(inside, '..data'), { recursive: true });
      await writeFile(join(folder, 'token'), 'outside');
      await writeFile(join(inside, 'own'), 'inside');
      const secrets = store([{ directory: inside }]);
      expect(await secrets.get('shop', 'own')).toBe('inside');
      await expect(secrets.get('shop', name)).rejects.toMatchObject({ type: 'secretNotFound' });
    },
  );

  it('that is no text is said to be none', async () => {
    await writeFile(join(folder, 'bytes'), new Uint8Array([0xff, 0x00, 0x80]));
    await expect(store([{ directory: folder }]).get('shop', 'bytes')).rejects.toMatchObject({
      type: 'secretUnusable',
      message: `The secret bytes in the directory ${folder} holds bytes that are no text.`,
    });
  });

  it('has no versions, so that it is what it is when it is read', async () => {
    await writeFile(join(folder, 'plain'), 'one');
    expect(await store([{ directory: folder }]).versionOf('shop', 'plain')).toBeUndefined();
  });

  it('that is empty is none', async () => {
    await writeFile(join(folder, 'empty'), '\n');
    await expect(store([{ directory: folder }]).get('shop', 'empty')).rejects.toThrow();
  });
});

describe('a secret of AWS Secrets Manager', () => {
  const region = 'eu-west-1';
  const prefix = uniqueName('sluice/');
  const place = { awsSecretsManager: { region, prefix } };
  let client: SecretsManagerClient;
  beforeAll(async () => {
    const account = WORKER_ACCOUNT;
    client = new SecretsManagerClient(
      awsOptions({ awsEndpoint: shared.awsEndpoint, account, region }),
    );
    await client.send(new CreateSecretCommand({ Name: `${prefix}token`, SecretString: 'of-aws' }));
  });
  afterAll(() => client.destroy());

  it('has the prefix of the settings before its name', async () => {
    expect(await store([place]).get('shop', 'token')).toBe('of-aws');
  });

  it('that is not there is looked for in the next place', async () => {
    const secrets = store([place, { environment: { prefix: 'S_' } }], {
      environment: { S_OTHER: 'x' },
    });
    expect(await secrets.get('shop', 'other')).toBe('x');
  });

  it('is no other secret, whatever its name looks like', async () => {
    const arn = `arn:aws:secretsmanager:${region}:${WORKER_ACCOUNT}:secret:${prefix}token`;
    const secrets = store([{ awsSecretsManager: { region, prefix: '' } }]);
    await expect(secrets.get('shop', arn)).rejects.toMatchObject({ type: 'secretNotFound' });
  });

  it('that is replaced is the new one after a minute, and its version tells at once', async () => {
    await client.send(
      new CreateSecretCommand({ Name: `${prefix}rotated`, SecretString: 'before' }),
    );
    const secrets = store([place]);
    expect(await secrets.get('shop', 'rotated')).toBe('before');
    const { VersionId } = await client.send(
      new PutSecretValueCommand({ SecretId: `${prefix}rotated`, SecretString: 'after' }),
    );
    expect(await secrets.get('shop', 'rotated')).toBe('before');
    expect(await secrets.versionOf('shop', 'rotated')).toBe(VersionId);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    expect(await secrets.get('shop', 'rotated')).toBe('after');
  });

  it('can be read as it was before it was replaced, once it is known which version that is', async () => {
    const [SecretId, secrets] = [`${prefix}versions`, store([place])];
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'before' }));
    const version = await secrets.versionOf('shop', 'versions');
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'after' }));
    const later = store([{ directory: folder }, place]);
    expect(await later.get('shop', 'versions')).toBe('after');
    expect(await later.get('shop', 'versions', version)).toBe('before');
    expect(await later.versionOf('shop', 'versions')).not.toBe(version);
  });

  it('whose version is gone is no other one instead', async () => {
    const unknown = '11111111-2222-3333-4444-555555555555';
    await writeFile(join(folder, 'token'), 'of another place');
    const secrets = store([place, { directory: folder }]);
    await expect(secrets.get('shop', 'token', unknown)).rejects.toMatchObject({
      type: 'secretNotFound',
      message:
        'The value that the secret token had when the deployment started is not there any more.',
    });
  });

  it('that has bytes alone is said to be no text', async () => {
    const SecretBinary = new Uint8Array([1, 2, 3]);
    await client.send(new CreateSecretCommand({ Name: `${prefix}binary`, SecretBinary }));
    await expect(store([place]).get('shop', 'binary')).rejects.toMatchObject({
      type: 'secretUnusable',
      nonRetryable: true,
    });
  });

  it('cannot be read while AWS does not answer, which may pass', async () => {
    withAwsAt('http://127.0.0.1:9');
    await expect(store([place]).get('shop', 'token')).rejects.toMatchObject({
      type: 'awsUnavailable',
      nonRetryable: false,
    });
  });

  it.each([
    ['AccessDeniedException', 400, 'secretNotFound', true],
    ['DecryptionFailure', 400, 'awsRefused', true],
    ['ThrottlingException', 400, 'throttled', false],
    ['InternalServiceError', 500, 'awsUnavailable', false],
  ])(
    'that AWS answers with %s (%i) fails as %s, for good: %s',
    async (name, status, type, final) => {
      const answering = createServer((_, response) => {
        response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ __type: name, Message: 'No.' }));
      });
      await once(answering.listen(0, '127.0.0.1'), 'listening');
      const { port } = answering.address() as AddressInfo;
      withAwsAt(`http://127.0.0.1:${port}`);
      const error: unknown = await store([place])
        .get('shop', 'token')
        .catch((thrown: unknown) => thrown);
      answering.close();
      answering.closeAllConnections();
      expect(error).toMatchObject({
        type,
        nonRetryable: final,
        message: expect.stringContaining(`secret ${prefix}token`),
      });
    },
  );
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
