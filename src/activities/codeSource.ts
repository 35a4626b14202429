import {
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
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
 * An object in S3 that still has the bytes of some code: AWS fetches that itself, so that nothing has
 * to be sent. It need not be kept by version: what came of it is looked at afterwards.
 *
 * @param from - the version that has the code, which is absent when it was deleted; then what AWS
 *   refuses for another reason than the package is thrown
 */
export async function sourceInS3(
  api: LambdaApi,
  from: { packageUri: string | undefined; version: SettledFunction | undefined },
  codeSha256: string,
): Promise<CodeSource | undefined> {
  for (const source of sourcesInS3(from)) {
    const only = from.version === undefined;
    if (await isThere(api, source, codeSha256, { only })) return source;
  }
  return undefined;
}

/** What AWS itself says, of a function that refers to its package in S3; and what is recorded. */
function sourcesInS3({
  packageUri,
  version,
}: {
  packageUri: string | undefined;
  version: SettledFunction | undefined;
}): CodeSource[] {
  const referred = version?.Code?.ResolvedS3Object;
  const recorded = packageUri === undefined ? undefined : readPackageUri(packageUri);
  return [
    ...(referred === undefined ? [] : [defined(referred)]),
    ...(recorded === undefined ? [] : [s3Source(recorded)]),
  ];
}

async function isThere(
  api: LambdaApi,
  source: CodeSource,
  codeSha256: string,
  { only }: { only: boolean },
): Promise<boolean> {
  const found = await hashInS3(api, source).catch((error: unknown) => {
    const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
    // The package may be gone or out of reach.
    if (isFinal && (!only || error.type === 'packageNotFound')) return undefined;
    throw error;
  });
  return found === codeSha256;
}

/** The code of a published version, which has to be sent. */
export async function publishedSource(
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
