import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';
import { zipOf } from '../../dev/stack/packages.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('a package', () => {
  it('has to be a zip with files in it', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const noZip = {
      code: 'InvalidParameterValueException',
      status: 400,
      message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
    };
    const ZipFile = Buffer.from('not a zip');
    const other = { FunctionName: 'other', Code: { ZipFile } };
    expect(await refusal(account.create(other))).toEqual(noZip);
    expect(await refusal(account.update({ ZipFile }))).toEqual(noZip);
    expect(await refusal(account.update({ ZipFile: zipOf({}) }))).toMatchObject({
      message: 'Uploaded file must be a non-empty zip',
    });
  });

  it('has to be named by every update of the code', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    expect(await refusal(account.update({}))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Please provide a source for function code.',
    });
    expect(await refusal(account.update({ ImageUri: 'image' }))).toMatchObject({
      message: "Please don't provide ImageUri when updating a function with packageType Zip.",
    });
  });

  it('cannot be uploaded directly beyond 50 MB', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const ZipFile = Buffer.alloc(52428801);
    expect(await refusal(account.update({ ZipFile }))).toMatchObject({
      code: 'RequestEntityTooLargeException',
      status: 413,
    });
  });
});

describe('a package in S3', () => {
  it('has to be there, for CreateFunction as for UpdateFunctionCode', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const bucket = await createBucket(account, 'packages');
    const noBucket = { S3Bucket: 'nobodys-bucket', S3Key: 'hello.zip' };
    const noKey = { S3Bucket: bucket, S3Key: 'missing.zip' };
    const s3Error = (code: string, message: string) => ({
      code: 'InvalidParameterValueException',
      status: 400,
      message: `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
    });
    for (const [place, refused] of [
      [noBucket, s3Error('NoSuchBucket', 'The specified bucket does not exist')],
      [noKey, s3Error('NoSuchKey', 'The specified key does not exist.')],
    ] as const) {
      expect(await refusal(account.update(place))).toEqual(refused);
      const create = account.create({ FunctionName: 'other', Code: place });
      expect(await refusal(create)).toEqual(refused);
    }
  });

  it('is read in the version of the object that is asked for', async () => {
    const account = new Account(emulator.endpoint);
    await account.createReady();
    const bucket = await createBucket(account, 'versioned');
    await account.s3.send(
      new PutBucketVersioningCommand({
        Bucket: bucket,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    const first = await put(account, bucket, codeSaying('first'));
    await put(account, bucket, codeSaying('second'));
    const place = { S3Bucket: bucket, S3Key: 'hello.zip' };
    expect((await account.update({ ...place, S3ObjectVersion: first })).CodeSha256).toBe(
      sha256(codeSaying('first')),
    );
    await account.ready();
    expect((await account.update(place)).CodeSha256).toBe(sha256(codeSaying('second')));
    await account.ready();
    expect(await refusal(account.update({ ...place, S3ObjectVersion: 'none' }))).toMatchObject({
      message: expect.stringContaining('S3 Error Code: NoSuchVersion'),
    });
  });

  it('of another account is read only with a policy of its bucket', async () => {
    const [owner, account] = [new Account(emulator.endpoint), new Account(emulator.endpoint)];
    await account.createReady();
    const bucket = await createBucket(owner, 'shared');
    await put(owner, bucket, codeSaying('shared'));
    const place = { S3Bucket: bucket, S3Key: 'hello.zip' };
    const denied = {
      code: 'AccessDeniedException',
      status: 403,
      message:
        'Your access has been denied by S3, please make sure your request credentials have ' +
        `permission to GetObject for ${bucket}/hello.zip. ` +
        'S3 Error Code: AccessDenied. S3 Error Message: Access Denied',
    };
    expect(await refusal(account.update(place))).toEqual(denied);
    await allowReading(owner, bucket, account);
    expect((await account.update(place)).CodeSha256).toBe(sha256(codeSaying('shared')));
    await account.ready();
    // Who may not list a bucket is not told that an object is missing.
    const missing = { S3Bucket: bucket, S3Key: 'missing.zip' };
    expect(await refusal(account.update(missing))).toMatchObject({ code: 'AccessDeniedException' });
  });

  it('has to be in a bucket of the region, another account’s too', async () => {
    const [owner, account] = [new Account(emulator.endpoint), new Account(emulator.endpoint)];
    await account.createReady();
    const bucket = `elsewhere-${owner.id}`;
    await owner.s3In('eu-central-1').send(
      new CreateBucketCommand({
        Bucket: bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      }),
    );
    const place = { S3Bucket: bucket, S3Key: 'hello.zip' };
    expect(await refusal(account.update(place))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('S3 Error Code: PermanentRedirect'),
    });
  });
});

describe('a dry run of UpdateFunctionCode', () => {
  it('answers with the CodeSha256 the package would have, and changes nothing', async () => {
    const account = new Account(emulator.endpoint);
    const before = await account.createReady();
    const package_ = codeSaying('two');
    const answer = await account.update({ ZipFile: package_, DryRun: true, Publish: true });
    expect(answer).toMatchObject({ CodeSha256: sha256(package_), CodeSize: package_.length });
    expect(await account.configuration()).toEqual(before);
    expect((await account.invoke()).said.says).toBe('one');
    expect(await refusal(account.get('1'))).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('fails as the update would', async () => {
    const account = new Account(emulator.endpoint);
    const { RevisionId } = await account.createReady();
    const ZipFile = codeSaying('two');
    const dry = (input: object) => refusal(account.update({ ...input, DryRun: true }));
    expect(await dry({ ZipFile: Buffer.from('no zip') })).toMatchObject({
      code: 'InvalidParameterValueException',
    });
    expect(await dry({ S3Bucket: 'nobodys-bucket', S3Key: 'a' })).toMatchObject({
      message: expect.stringContaining('NoSuchBucket'),
    });
    expect(await dry({ ZipFile, RevisionId: 'old' })).toMatchObject({
      code: 'PreconditionFailedException',
    });
    await account.update({ ZipFile, RevisionId });
    expect(await dry({ ZipFile })).toMatchObject({ code: 'ResourceConflictException' });
  });
});

async function createBucket(account: Account, name: string) {
  const bucket = `${name}-${account.id}`;
  await account.s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  return bucket;
}

async function put(account: Account, bucket: string, Body: Uint8Array) {
  const object = { Bucket: bucket, Key: 'hello.zip', Body };
  return (await account.s3.send(new PutObjectCommand(object))).VersionId;
}

async function allowReading(owner: Account, bucket: string, reader: Account) {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${reader.id}:root` },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await owner.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

function sha256(package_: Uint8Array): string {
  return createHash('sha256').update(package_).digest('base64');
}
