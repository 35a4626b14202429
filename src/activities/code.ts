import {
  UpdateFunctionCodeCommand,
  type Architecture,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { ApplicationFailure } from '@temporalio/common';
import type { FunctionState } from '../domain/functions.js';
import { readMark } from '../domain/marks.js';
import { packageUri, readPackageUri, type PinnedPackage } from '../domain/packages.js';
import type { FunctionAccess } from './access.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { functionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { findFunction, settled, succeeded } from './reading.js';
import { REQUEST_TIMEOUT_MS } from './requests.js';
import { done, moved, type MutationResult } from './results.js';
import type { Tools } from './tools.js';

export interface UpdateCodeInput extends FunctionAccess {
  revisionId: string;
  package: PinnedPackage;
  architectures?: string[];
}

export interface RestoreCodeInput extends FunctionAccess {
  revisionId: string;
  /** The published version whose code comes back. */
  fromVersion: string;
}

/** Where UpdateFunctionCode takes the bytes from. */
type Source = Pick<
  UpdateFunctionCodeCommandInput,
  'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ZipFile'
>;

interface WantedCode {
  codeSha256: string;
  architectures?: string[];
}

/** The largest package that UpdateFunctionCode takes in the request itself, in bytes. */
const MAX_DIRECT_UPLOAD = 50 * 1024 * 1024;

/** Brings `$LATEST` to the pinned package's bytes. */
export function updateCode(tools: Tools) {
  return async function updateCode(input: UpdateCodeInput): Promise<MutationResult<FunctionState>> {
    const api = tools.lambda(input);
    const wanted = {
      codeSha256: input.package.codeSha256,
      ...(input.architectures !== undefined && { architectures: input.architectures }),
    };
    return writeCode(api, input.revisionId, wanted, async () => {
      const source = s3Source(input.package);
      // Without an object version the bytes may have been overwritten since they were pinned.
      if (input.package.versionId === undefined) await assertUnchanged(api, source, input.package);
      return source;
    });
  };
}

/**
 * Puts a published version's code back on `$LATEST`: from the package the version was made of where
 * that is recorded with its object version, else from the version itself.
 */
export function restoreCode(tools: Tools) {
  return async function restoreCode(
    input: RestoreCodeInput,
  ): Promise<MutationResult<FunctionState>> {
    const api = tools.lambda(input);
    const version = await settled(api, input.fromVersion);
    const wanted = {
      codeSha256: version.CodeSha256 ?? '',
      architectures: version.Architectures ?? ['x86_64'],
    };
    return writeCode(
      api,
      input.revisionId,
      wanted,
      async () =>
        (await recordedSource(api, version.Description, wanted.codeSha256)) ??
        (await publishedSource(api, input.fromVersion)),
    );
  };
}

async function writeCode(
  api: LambdaApi,
  revisionId: string,
  wanted: WantedCode,
  source: () => Promise<Source>,
): Promise<MutationResult<FunctionState>> {
  const name = api.access.function;
  const read = async (): Promise<FunctionState> =>
    functionState(await settled(api), api.access.deploymentId);
  const present = await read();
  if (holds(present, wanted)) return done(present);
  if (present.revisionId !== revisionId) return moved(present);
  const from = await source();
  try {
    await api.mutate(`update the code of ${name}`, (client, options) =>
      client.send(
        new UpdateFunctionCodeCommand({
          FunctionName: name,
          RevisionId: revisionId,
          ...from,
          ...architecturesInput(wanted.architectures),
        }),
        options,
      ),
    );
  } catch (error) {
    if (isAwsError(error, 'PreconditionFailedException')) return moved(await read());
    throw error;
  }
  const after = functionState(await succeeded(api), api.access.deploymentId);
  return holds(after, wanted) ? done(after) : moved(after);
}

function holds(state: FunctionState, wanted: WantedCode): boolean {
  const architectures = [...(wanted.architectures ?? state.settings.architectures ?? [])].sort();
  return (
    state.codeSha256 === wanted.codeSha256 &&
    architectures.join() === (state.settings.architectures ?? []).join()
  );
}

function s3Source(location: { bucket: string; key: string; versionId?: string }): Source {
  return {
    S3Bucket: location.bucket,
    S3Key: location.key,
    ...(location.versionId !== undefined && { S3ObjectVersion: location.versionId }),
  };
}

function architecturesInput(architectures: string[] | undefined): {
  Architectures?: Architecture[];
} {
  return architectures === undefined ? {} : { Architectures: architectures as Architecture[] };
}

async function hashInS3(api: LambdaApi, source: Source): Promise<string | undefined> {
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

async function assertUnchanged(
  api: LambdaApi,
  source: Source,
  pinned: PinnedPackage,
): Promise<void> {
  if ((await hashInS3(api, source)) === pinned.codeSha256) return;
  throw packageChanged(api.access, pinned);
}

/** The failure of a package that is no longer the one the deployment started with. */
export function packageChanged(access: FunctionAccess, pinned: PinnedPackage): Error {
  return activityFailure(
    {
      code: 'packageChanged',
      message: `${packageUri(pinned)} was overwritten during the deployment: it is no longer the package that the deployment started with.`,
      remedy:
        'Start the deployment again. Versioning on the bucket makes deployments immune to this.',
      target: access.target,
      function: access.function,
    },
    { retryable: false },
  );
}

async function recordedSource(
  api: LambdaApi,
  description: string | undefined,
  codeSha256: string,
): Promise<Source | undefined> {
  const uri = readMark(description)?.packageUri;
  const location = uri === undefined ? undefined : readPackageUri(uri);
  if (location?.versionId === undefined) return undefined;
  const source = s3Source(location);
  const found = await hashInS3(api, source).catch((error: unknown) => {
    // The package may be gone or out of reach; the published version never is.
    if (error instanceof ApplicationFailure && error.nonRetryable === true) return undefined;
    throw error;
  });
  return found === codeSha256 ? source : undefined;
}

async function publishedSource(api: LambdaApi, version: string): Promise<Source> {
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
