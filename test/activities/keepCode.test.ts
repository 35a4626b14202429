import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { ClientCache } from '../../src/activities/clients.js';
import { copyCode } from '../../src/activities/copyCode.js';
import type { SettledFunction } from '../../src/activities/reading.js';
import { Transfer } from '../../src/activities/transfer.js';
import { makeBucket } from '../../dev/stack/buckets.js';
import { activityBench, DEPENDENCIES, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { ExistingFunction, latest } from '../support/existingFunction.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';

const logger = new DefaultLogger('ERROR');

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** A function whose code no version records, and where it is to be kept. */
async function unrecorded() {
  const existing = await ExistingFunction.make();
  const { place, access, name, first } = existing;
  const replacedCode = `s3://${place.bucket}/replaced/`;
  const hash = Buffer.from(first.codeSha256, 'base64').toString('hex');
  const key = `replaced/${name}/${hash}.zip`;
  return { existing, key, keeping: { ...access, replacedCode } };
}

async function bytesAt({ clients, bucket }: AwsPlace, key: string): Promise<Buffer> {
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const copies = async (place: AwsPlace) =>
  (await place.requests('s3')).filter(
    ({ operation, parameters }) =>
      operation === 'PutObject' && String(parameters['Key']).startsWith('replaced/'),
  );

describe('code that is to be replaced', () => {
  it('is copied once, byte by byte, and given back from there without being sent', async () => {
    const { existing, key, keeping } = await unrecorded();
    const { place, access, name } = existing;
    const copy = `s3://${place.bucket}/${key}`;
    expect(await run('keepCode', keeping)).toEqual({ copy });
    expect(await run('keepCode', keeping)).toEqual({ copy });
    expect(await copies(place)).toHaveLength(1);
    expect(await bytesAt(place, key)).toEqual(await bytesAt(place, `${name}.zip`));

    const second = await existing.next('second');
    const { revisionId } = existing.latest;
    await run('updateCode', { ...access, revisionId, package: second });
    const before = { codeSha256: existing.first.codeSha256, settings: {} };
    // Not even the version has to be there any more.
    const fromVersion = existing.version;
    await place.clients.lambda.send(
      new DeleteFunctionCommand({ FunctionName: name, Qualifier: fromVersion }),
    );
    const restored = await run('restoreCode', {
      ...keeping,
      revisionId: (await latest(existing)).revisionId,
      fromVersion,
      before,
    });
    expect(restored.state.codeSha256).toBe(existing.first.codeSha256);
    const updates = (await place.requests()).filter(
      ({ operation, mutation }) => operation === 'UpdateFunctionCode' && mutation,
    );
    expect(updates.at(-1)?.parameters).toMatchObject({ S3Bucket: place.bucket, S3Key: key });
    expect(updates.at(-1)?.parameters).not.toHaveProperty('ZipFile');
  });

  it('is not copied where a version of the package is recorded, unless that is gone', async () => {
    const existing = await ExistingFunction.make({ versioned: true });
    const { place, access, first } = existing;
    await existing.record(first);
    const keeping = { ...access, replacedCode: `s3://${place.bucket}/replaced/` };
    const recorded = `s3://${place.bucket}/${first.key}?versionId=${first.versionId ?? ''}`;
    expect(await run('keepCode', keeping)).toEqual({ recorded });
    expect(await copies(place)).toEqual([]);
    await place.deleteObject(first);
    expect(await run('keepCode', keeping)).toHaveProperty('copy');
  });

  it('is never written over what lies there, which is not taken for it either', async () => {
    const { existing, key, keeping } = await unrecorded();
    await existing.place.put(key, 'something else');
    const there = await bytesAt(existing.place, key);
    expect(await run('keepCode', keeping)).toMatchObject({
      failure: {
        code: 'codeNotKept',
        message: expect.stringContaining('holds something else than its name says'),
      },
    });
    expect(await bytesAt(existing.place, key)).toEqual(there);
  });

  it.each([
    ['does not exist', async () => Promise.resolve(uniqueName('nobody')), 'NoSuchBucket'],
    ['is another account’s', async () => (await AwsPlace.make()).bucket, 'AccessDenied'],
    [
      'lies in another region',
      async ({ account }: AwsPlace) => {
        const bucket = uniqueName('far');
        const place = { awsEndpoint: shared.awsEndpoint, account, region: 'eu-west-1' };
        await makeBucket(bucket, place, false);
        return bucket;
      },
      'PermanentRedirect',
    ],
  ])('cannot be kept in a bucket that %s, and it says so at once', async (_, bucketIn, said) => {
    const { existing, keeping } = await unrecorded();
    const bucket = await bucketIn(existing.place);
    const kept = await run('keepCode', { ...keeping, replacedCode: `s3://${bucket}/replaced/` });
    expect(kept).toMatchObject({
      failure: {
        code: 'codeNotKept',
        message: expect.stringContaining(said),
        remedy: expect.stringMatching(
          new RegExp(`^Let ${existing.access.deployRoleArn} write .+: is ${bucket} one\\?$`),
        ),
      },
    });
    expect(kept).not.toHaveProperty('isTooSlow');
  });
});

describe('a copy', () => {
  const CODE = Buffer.alloc(300_000, 7);
  const SHA256_OF_CODE = 'CPFmR23hg/ehsodNVE03kSqvjRm5IBPhqv4jO6IxAko=';

  /** Copies what comes from behind a link, although something else, or more, is expected. */
  async function copied(sent: Buffer, { bytes = CODE.length, breaks = false } = {}) {
    const place = await AwsPlace.make();
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': breaks ? sent.length + 1 : sent.length });
      response.write(sent, () => (breaks ? response.destroy() : response.end()));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const Location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/code.zip`;
    const found = {
      Code: { Location },
      Configuration: { CodeSize: bytes, CodeSha256: SHA256_OF_CODE },
    } as SettledFunction;
    const transfer = new Transfer(bytes, {});
    const { s3 } = new ClientCache(DEPENDENCIES.access).for(place.access('orders'));
    try {
      const at = { bucket: place.bucket, key: 'replaced/code.zip' };
      await new MockActivityEnvironment({}, { logger }).run(() =>
        copyCode(s3, found, at, transfer),
      );
      return await bytesAt(place, at.key);
    } catch (error) {
      await expect(bytesAt(place, 'replaced/code.zip')).rejects.toThrow(/key does not exist/);
      throw error;
    } finally {
      transfer.end();
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  }

  it('has all of the bytes', async () => {
    expect(await copied(CODE)).toEqual(CODE);
  });

  it.each([
    ['other bytes', Buffer.alloc(CODE.length, 8), {}, /not the code that the function has/],
    ['more bytes', Buffer.alloc(CODE.length * 2, 7), {}, /not the code that the function has/],
    ['fewer bytes', CODE.subarray(1), {}, /not the code that the function has/],
    ['bytes that break off', CODE, { breaks: true }, /terminated/],
  ])('is not there where AWS gives %s', async (_, sent, how, said) => {
    await expect(copied(sent, how)).rejects.toThrow(said);
  });
});
