import { readMark } from '../domain/marks.js';
import { packageUri, readPackageUri } from '../domain/packages.js';
import type { LambdaApi } from './lambdaApi.js';
import { listVersions, type SettledFunction } from './reading.js';

/**
 * The package that the code of `$LATEST` was made of, by object version, since another one may be
 * overwritten at any time: what AWS itself refers to or, of the newest version with that code, what a
 * deployment has recorded.
 *
 * @returns `s3://bucket/key?versionId=…`, or undefined where none is known
 */
export async function recordedPackage(
  api: LambdaApi,
  { Code, Configuration }: SettledFunction,
): Promise<string | undefined> {
  const { S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId } = Code?.ResolvedS3Object ?? {};
  if (bucket !== undefined && key !== undefined && versionId !== undefined) {
    return packageUri({ bucket, key, versionId });
  }
  const uris = (await listVersions(api))
    .filter(({ CodeSha256 }) => CodeSha256 === Configuration.CodeSha256)
    .map(({ Description }) => readMark(Description)?.packageUri ?? '');
  return uris.findLast((uri) => readPackageUri(uri)?.versionId !== undefined);
}
