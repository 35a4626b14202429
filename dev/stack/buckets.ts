import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { PackageLocation } from '../../src/domain/plan.js';
import { type AwsPlace, awsOptions } from './awsOptions.js';

/** Makes a bucket in the place. One that is there already stays. */
export async function makeBucket(bucket: string, place: AwsPlace, versioned: boolean) {
  await inS3(place, async (s3) => {
    await s3
      .send(new CreateBucketCommand({ Bucket: bucket, ...located(place.region) }))
      .catch((error: Error) => {
        if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
      });
    if (!versioned) return;
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  });
}

export async function putPackage(at: PackageLocation, bytes: Uint8Array, place: AwsPlace) {
  const object = { Bucket: at.bucket, Key: at.key, Body: bytes };
  await inS3(place, async (s3) => {
    await s3.send(new PutObjectCommand(object));
  });
}

/** Lets other accounts read what is in a bucket. */
export async function allowReading(bucket: string, accounts: readonly string[], place: AwsPlace) {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: accounts.map((id) => `arn:aws:iam::${id}:root`) },
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await inS3(place, async (s3) => {
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  });
}

/** S3 takes us-east-1 for granted and refuses it as a constraint. */
function located(region: string) {
  if (region === 'us-east-1') return {};
  const LocationConstraint = region as BucketLocationConstraint;
  return { CreateBucketConfiguration: { LocationConstraint } };
}

async function inS3(place: AwsPlace, work: (s3: S3Client) => Promise<void>): Promise<void> {
  const s3 = new S3Client({ ...awsOptions(place), forcePathStyle: true });
  try {
    await work(s3);
  } finally {
    s3.destroy();
  }
}
