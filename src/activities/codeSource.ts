import {
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import { readMark } from '../domain/marks.js';
import { packageChanged, readPackageUri, type PinnedPackage } from '../domain/packages.js';
import { sizeText } from '../domain/sizeText.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { download } from './download.js';
import type { LambdaApi } from './lambdaApi.js';
import type { SettledFunction } from './reading.js';

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
 * Where the code of a published version can be had from: an object in S3 that still has these bytes,
 * because AWS fetches that itself, else the version, whose code has to be sent.
 */
export async function sourceOfVersion(
  api: LambdaApi,
  version: SettledFunction,
): Promise<CodeSource> {
  for (const source of sourcesInS3(version)) {
    if (await isThere(api, source, version.Configuration.CodeSha256)) return source;
  }
  return publishedSource(api, version);
}

/** What AWS itself says, of a function that refers to its package in S3; and what the mark says. */
function sourcesInS3({ Configuration, Code }: SettledFunction): CodeSource[] {
  const referred = Code?.ResolvedS3Object;
  const uri = readMark(Configuration.Description)?.packageUri;
  const marked = uri === undefined ? undefined : readPackageUri(uri);
  return [
    ...(referred === undefined ? [] : [defined(referred)]),
    ...(marked === undefined ? [] : [s3Source(marked)]),
  ];
}

async function isThere(
  api: LambdaApi,
  source: CodeSource,
  codeSha256: string | undefined,
): Promise<boolean> {
  const found = await hashInS3(api, source).catch((error: unknown) => {
    // The package may be gone or out of reach; the published version never is.
    if (error instanceof ApplicationFailure && error.nonRetryable === true) return undefined;
    throw error;
  });
  return found !== undefined && found === codeSha256;
}

async function publishedSource(
  api: LambdaApi,
  { Configuration, Code }: SettledFunction,
): Promise<CodeSource> {
  const { Version = '', CodeSize: size = 0 } = Configuration;
  const link = Code?.Location;
  if (link === undefined || size > MAX_DIRECT_UPLOAD) {
    throw notRestorable(api.access, Version, size, Code?.Error?.Message);
  }
  return { ZipFile: await download(api.access, link, size) };
}

function notRestorable(
  access: FunctionAccess,
  version: string,
  size: number,
  why = `it cannot be sent in a request, which may hold ${sizeText(MAX_DIRECT_UPLOAD)}`,
): Error {
  return activityFailure(
    {
      code: 'notRestored',
      message: `The code of version ${version} of ${access.function} (${sizeText(size)}) cannot be found in S3, and ${why}.`,
      remedy: 'Put the package of that version in S3 and update the function with it by hand.',
      target: access.target,
      function: access.function,
    },
    { retryable: false },
  );
}
