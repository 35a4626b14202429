import { UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import type { FunctionState } from '../domain/functions.js';
import type { PinnedPackage } from '../domain/packages.js';
import { codeSettings, differingSettings, type CodeSettings } from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { changeLatest } from './changeLatest.js';
import {
  assertUnchanged,
  publishedSource,
  recordedSource,
  s3Source,
  type CodeSource,
} from './codeSource.js';
import { wantedSettings } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { requestOf, settingsOf } from './lambdaSettings.js';
import { settled } from './reading.js';
import type { MutationResult } from './results.js';
import type { Tools } from './tools.js';

export interface UpdateCodeInput extends FunctionAccess, CodeSettings {
  revisionId: string;
  package: PinnedPackage;
}

export interface RestoreCodeInput extends FunctionAccess {
  revisionId: string;
  /** The published version whose code comes back. */
  fromVersion: string;
  /** A revision that must not stay, even where the code is back already. */
  fence?: string;
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
    return writeCode(api, input, wanted, async () => {
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
      settings: codeSettings(settingsOf(version)),
    };
    return writeCode(
      api,
      input,
      wanted,
      async () =>
        (await recordedSource(api, version.Description, wanted.codeSha256)) ??
        (await publishedSource(api, input.fromVersion)),
    );
  };
}

async function writeCode(
  api: LambdaApi,
  { revisionId, fence }: { revisionId: string; fence?: string },
  wanted: WantedCode,
  source: () => Promise<CodeSource>,
): Promise<MutationResult<FunctionState>> {
  const name = api.access.function;
  const settings = wantedSettings(wanted.settings, api.access.deploymentId);
  let written: string | undefined;
  return changeLatest(api, {
    revisionId,
    fence,
    // What this request wrote is this deployment's own, also when the package had been overwritten.
    holds: (state) =>
      state.codeSha256 === written ||
      (state.codeSha256 === wanted.codeSha256 &&
        differingSettings(state.settings, settings).length === 0),
    doing: `update the code of ${name}`,
    prepare: async () => {
      const command = new UpdateFunctionCodeCommand({
        ...requestOf(wanted.settings),
        ...(await source()),
        FunctionName: name,
        RevisionId: revisionId,
      });
      return async (client, options) => {
        written = (await client.send(command, options)).CodeSha256;
      };
    },
  });
}
