import { ListVersionsByFunctionCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import { readMark } from '../domain/marks.js';
import { packageUri, readPackageUri } from '../domain/packages.js';
import type { LambdaApi } from './lambdaApi.js';
import type { SettledFunction } from './reading.js';

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
  const uris = (await versionsOf(api))
    .filter(({ CodeSha256 }) => CodeSha256 === Configuration.CodeSha256)
    .map(({ Description }) => readMark(Description)?.packageUri ?? '');
  return uris.findLast((uri) => readPackageUri(uri)?.versionId !== undefined);
}

/** Oldest first. */
async function versionsOf(api: LambdaApi): Promise<FunctionConfiguration[]> {
  const { function: name } = api.access;
  const found: FunctionConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListVersionsByFunctionCommand({
      FunctionName: name,
      ...defined({ Marker }),
    });
    const page = await api.read('control', `see the versions of ${name}`, (client, options) =>
      client.send(command, options),
    );
    found.push(...(page.Versions ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}
