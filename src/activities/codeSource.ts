import {
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import { packageChanged, readPackageUri, type PinnedZip } from '../domain/packages.js';
import type { PackageLocation } from '../domain/plan.js';
import { MAX_DIRECT_UPLOAD } from '../domain/requestTimeout.js';
import { sizeText } from '../domain/sizeText.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { download } from './download.js';
import type { LambdaApi } from './lambdaApi.js';
import type { SettledFunction } from './reading.js';

/** Where UpdateFunctionCode takes the bytes from. */
export type CodeSource = Pick<
  UpdateFunctionCodeCommandInput,
  'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ZipFile' | 'ImageUri'
>;

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

/**
 * The hash of a package, as Lambda itself reads it with the rights of the deploy role. It refuses what it
 * would not take.
 */
export async function hashOf(api: LambdaApi, source: CodeSource): Promise<string | undefined> {
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
  pinned: PinnedZip,
): Promise<void> {
  if ((await hashOf(api, source)) === pinned.codeSha256) return;
  const { target, function: name } = api.access;
  throw activityFailure(packageChanged(pinned, target, name), { retryable: false });
}

/**
 * An object in S3 that still has the bytes of some code: AWS fetches that itself, so that nothing has
 * to be sent. It need not be kept by version: what came of it is looked at afterwards.
 *
 * @param from - where the version is absent, because it was deleted, what AWS refuses of the last place
 *   for another reason than the package is thrown
 */
export async function sourceInS3(
  api: LambdaApi,
  from: PlacesInS3,
  codeSha256: string,
): Promise<CodeSource | undefined> {
  const sources = sourcesInS3(from);
  for (const source of sources) {
    const only = from.version === undefined && source === sources.at(-1);
    if (await isThere(api, source, codeSha256, { only })) return source;
  }
  return undefined;
}

/** What is known of where some code may lie. */
interface PlacesInS3 {
  /** The version, or `$LATEST`, that has the code. */
  version: SettledFunction | undefined;
  /** `s3://…` of what it was made of, where that is recorded. */
  packageUri: string | undefined;
  /** Where a copy of it would be kept. */
  kept?: PackageLocation | undefined;
}

/** What AWS itself says, of a function that refers to its package in S3; what is recorded; a copy. */
function sourcesInS3({ packageUri, version, kept }: PlacesInS3): CodeSource[] {
  const referred = version?.Code?.ResolvedS3Object;
  const recorded = packageUri === undefined ? undefined : readPackageUri(packageUri);
  return [
    ...(referred === undefined ? [] : [defined(referred)]),
    ...(recorded === undefined ? [] : [s3Source(recorded)]),
    ...(kept === undefined ? [] : [s3Source(kept)]),
  ];
}

export async function isThere(
  api: LambdaApi,
  source: CodeSource,
  codeSha256: string,
  { only }: { only: boolean } = { only: false },
): Promise<boolean> {
  const found = await hashOf(api, source).catch((error: unknown) => {
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
