import {
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import { packageChanged, readPackageUri, type PinnedPackage } from '../domain/packages.js';
import { REQUEST_TIMEOUT_MS } from '../domain/requestTimeout.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import type { LambdaApi } from './lambdaApi.js';
import { findFunction } from './reading.js';

/** Where UpdateFunctionCode takes the bytes from. */
export type CodeSource = Pick<
  UpdateFunctionCodeCommandInput,
  'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ZipFile'
>;

/** The largest package that UpdateFunctionCode takes in the request itself, in bytes. */
const MAX_DIRECT_UPLOAD = 50 * 1024 * 1024;

export function s3Source(location: {
  bucket: string;
  key: string;
  versionId?: string;
}): CodeSource {
  return {
    S3Bucket: location.bucket,
    S3Key: location.key,
    ...defined({ S3ObjectVersion: location.versionId }),
  };
}

async function hashInS3(api: LambdaApi, source: CodeSource): Promise<string | undefined> {
  const name = api.access.function;
  const { CodeSha256 } = await api.read(
    'control',
    `check the package of ${name}`,
    (client, options) =>
      client.send(
        new UpdateFunctionCodeCommand({ FunctionName: name, DryRun: true, ...source }),
        options,
      ),
  );
  return CodeSha256;
}

export async function assertUnchanged(
  api: LambdaApi,
  source: CodeSource,
  pinned: PinnedPackage,
): Promise<void> {
  if ((await hashInS3(api, source)) === pinned.codeSha256) return;
  const { target, function: name } = api.access;
  throw activityFailure(packageChanged(pinned, target, name), { retryable: false });
}

/**
 * The package that code was made of, where it still has the same bytes.
 *
 * @param only - whether the code can be had from nowhere else. Then one will do whose object has no
 *   version, although it may be overwritten between the look and the request; and what AWS refuses for
 *   another reason than the package is thrown.
 */
export async function recordedSource(
  api: LambdaApi,
  packageUri: string | undefined,
  codeSha256: string,
  { only }: { only: boolean },
): Promise<CodeSource | undefined> {
  const location = packageUri === undefined ? undefined : readPackageUri(packageUri);
  if (location === undefined || (location.versionId === undefined && !only)) return undefined;
  const source = s3Source(location);
  const found = await hashInS3(api, source).catch((error: unknown) => {
    const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
    // The package may be gone or out of reach.
    if (isFinal && (!only || error.type === 'packageNotFound')) return undefined;
    throw error;
  });
  return found === codeSha256 ? source : undefined;
}

export async function publishedSource(api: LambdaApi, version: string): Promise<CodeSource> {
  const found = await findFunction(api, version);
  const size = found?.Configuration?.CodeSize ?? 0;
  const link = found?.Code?.Location;
  if (link === undefined || size > MAX_DIRECT_UPLOAD)
    throw notRestorable(api.access, version, size);
  const response = await fetch(link, { signal: AbortSignal.timeout(6 * REQUEST_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the package link answered with status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { ZipFile: bytes };
}

function notRestorable(access: FunctionAccess, version: string, size: number): Error {
  return activityFailure(
    {
      code: 'notRestored',
      message: `The code of version ${version} of ${access.function} (${size} bytes) can neither be found in S3 nor sent in a request, which may hold 50 MB.`,
      remedy: 'Put the package of that version in S3 and update the function with it by hand.',
      target: access.target,
      function: access.function,
    },
    { retryable: false },
  );
}
