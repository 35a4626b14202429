import { UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import type { FunctionState } from '../domain/functions.js';
import { UNREADABLE } from '../domain/functionSettings.js';
import { readMark } from '../domain/marks.js';
import { isImage, packageUri, type PinnedPackage } from '../domain/packages.js';
import { codeSettings, differingSettings, type CodeSettings } from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { changeLatest } from './changeLatest.js';
import {
  assertUnchanged,
  publishedSource,
  s3Source,
  sourceInS3,
  type CodeSource,
} from './codeSource.js';
import { wantedSettings } from './functionState.js';
import { codeGone, versionGone } from './gone.js';
import { oldImage, type OldCode } from './imageSource.js';
import { keptWithCode } from './keptWithCode.js';
import type { LambdaApi, Send } from './lambdaApi.js';
import { requestOf, settingsOf } from './lambdaSettings.js';
import { isImageFunction } from './packageType.js';
import { placeToKeep } from './placeToKeep.js';
import { findSettledFunction, type SettledFunction } from './reading.js';
import type { MutationResult } from './results.js';
import type { Tools } from './tools.js';
import { uploading } from './upload.js';

export interface UpdateCodeInput extends FunctionAccess, CodeSettings {
  revisionId: string;
  package: PinnedPackage;
}

export interface RestoreCodeInput extends FunctionAccess {
  revisionId: string;
  /** The published version whose code comes back. */
  fromVersion: string;
  /** What it was, where it is known: the version may have been deleted. */
  before?: CodeBefore;
  /** `s3://bucket/folder/`, where code that was replaced may be kept. */
  replacedCode?: string;
  /** A revision that must not stay, even where the code is back already. */
  fence?: string;
}

/** The code of a function before a deployment. */
export interface CodeBefore {
  codeSha256: string;
  settings: CodeSettings;
  /** `s3://…`, or an image by its digest: what it was made of, where that is recorded. */
  packageUri?: string;
}

interface WantedCode {
  codeSha256: string;
  settings: CodeSettings;
}

/** Brings `$LATEST` to the pinned package's bytes. */
export function updateCode(tools: Tools) {
  return async function updateCode(input: UpdateCodeInput): Promise<MutationResult<FunctionState>> {
    const api = tools.lambda(input);
    const wanted = { codeSha256: input.package.codeSha256, settings: codeSettings(input) };
    return writeCode(api, input, wanted, () => pinnedSource(api, input.package));
  };
}

async function pinnedSource(api: LambdaApi, pinned: PinnedPackage): Promise<CodeSource> {
  if (isImage(pinned)) return { ImageUri: packageUri(pinned) };
  const source = s3Source(pinned);
  // Without an object version the bytes may have been overwritten since they were pinned.
  if (pinned.versionId === undefined) await assertUnchanged(api, source, pinned);
  return source;
}

/**
 * Puts a published version's code back on `$LATEST`: from the package the version was made of where
 * that is recorded and still has these bytes, or from a copy that was kept, else from the version
 * itself. An image comes back by its digest.
 */
export function restoreCode(tools: Tools) {
  return async function restoreCode(
    input: RestoreCodeInput,
  ): Promise<MutationResult<FunctionState>> {
    const api = tools.lambda({ ...input, restores: true });
    const version = await findSettledFunction(api, input.fromVersion);
    const before = version === undefined ? input.before : codeOf(version);
    if (before === undefined) throw versionGone(input);
    const { codeSha256, packageUri: recorded = input.before?.packageUri } = before;
    const old = { version, packageUri: recorded };
    return writeCode(api, input, before, (present) =>
      isImageFunction(present)
        ? oldImage(tools, input, old, codeSha256)
        : oldZip(api, input, old, codeSha256),
    );
  };
}

/** Where a zip file is to be had that was the code of a function. */
async function oldZip(
  api: LambdaApi,
  input: RestoreCodeInput,
  { version, packageUri: recorded }: OldCode,
  codeSha256: string,
): Promise<CodeSource> {
  const { replacedCode } = input;
  const kept =
    replacedCode === undefined ? undefined : placeToKeep({ ...input, replacedCode }, codeSha256);
  const stored = await sourceInS3(api, { packageUri: recorded, version, kept }, codeSha256);
  if (stored !== undefined) return stored;
  if (version === undefined) throw codeGone(input, codeSha256, recorded);
  return publishedSource(api, version);
}

function codeOf(version: SettledFunction): CodeBefore {
  const { CodeSha256 = '', Description } = version.Configuration;
  const packageUri = readMark(Description)?.packageUri;
  return {
    codeSha256: CodeSha256,
    settings: codeSettings(settingsOf(version)),
    ...defined({ packageUri }),
  };
}

/** A key that nobody may see cannot be sent: whether it may stay, keptWithCode.ts knows. */
function withoutHiddenKey({ sourceKmsKeyArn, ...settings }: CodeSettings): CodeSettings {
  return {
    ...settings,
    ...(sourceKmsKeyArn !== UNREADABLE && defined({ sourceKmsKeyArn })),
  };
}

async function writeCode(
  api: LambdaApi,
  { revisionId, fence }: { revisionId: string; fence?: string },
  wanted: WantedCode,
  source: (present: SettledFunction) => Promise<CodeSource>,
): Promise<MutationResult<FunctionState>> {
  const name = api.access.function;
  const named = withoutHiddenKey(wanted.settings);
  const settings = wantedSettings(named, api.access);
  const doing = `update the code of ${name}`;
  let written: string | undefined;
  return changeLatest(api, {
    revisionId,
    fence,
    // What this request wrote is this deployment's own, also when the package had been overwritten.
    holds: (state) =>
      state.codeSha256 === written ||
      (state.codeSha256 === wanted.codeSha256 &&
        differingSettings(state.settings, settings).length === 0),
    doing,
    prepare: async (present) => {
      const from = await source(present);
      const command = new UpdateFunctionCodeCommand({
        ...keptWithCode(api.access, present, from),
        ...requestOf(named, name),
        ...from,
        FunctionName: name,
        RevisionId: present.Configuration.RevisionId,
      });
      const send: Send<void> = async (client, options) => {
        written = (await client.send(command, options)).CodeSha256;
      };
      const codeBytes = from.ZipFile?.length;
      if (codeBytes === undefined) return send;
      return uploading({ access: api.access, command, codeBytes, doing }, send);
    },
  });
}
