import {
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { FunctionState } from '../domain/functions.js';
import {
  SETTING_NAMES,
  SETTINGS,
  type ObservedSettings,
  type SettingName,
} from '../domain/functionSettings.js';
import type { FunctionSettings } from '../domain/plan.js';
import {
  changedWith,
  differingSettings,
  pickPlanned,
  pickSettings,
  UNPUBLISHED_SETTINGS,
} from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { changeLatest } from './changeLatest.js';
import { functionState, wantedSettings } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { requestOf, settingsOf } from './lambdaSettings.js';
import { assertReadable } from './readable.js';
import { environmentGone, versionGone } from './gone.js';
import { findSettledFunction, type SettledFunction } from './reading.js';
import type { MutationResult } from './results.js';
import type { Tools } from './tools.js';

export interface UpdateSettingsInput extends FunctionAccess {
  revisionId: string;
  /** Only these are written. */
  settings: Partial<FunctionSettings>;
}

export interface RestoreSettingsInput extends FunctionAccess {
  revisionId: string;
  /** The published version whose settings come back. */
  fromVersion: string;
  /** The settings the deployment changed; the others are left as they are. */
  names: SettingName[];
  /** What they were, where it is known: the version may have been deleted. */
  before?: Partial<ObservedSettings>;
  /** A revision that must not stay, even where the settings are back already. */
  fence?: string;
}

/** The others are changed together with the code. */
const WRITTEN = changedWith('UpdateFunctionConfiguration', SETTING_NAMES);

/** Brings a function's settings to what the plan says. */
export function updateSettings(tools: Tools) {
  return async function updateSettings(
    input: UpdateSettingsInput,
  ): Promise<MutationResult<FunctionState>> {
    const api = tools.lambda(input, await valuesSent(tools.lambda(input), input.settings));
    const wanted = wantedSettings(input.settings, input);
    return writeSettings(
      api,
      input,
      wanted,
      input.settings,
      `update the settings of ${input.function}`,
    );
  };
}

/**
 * Puts back the settings that a published version has, straight from AWS to AWS. Where the version is
 * gone, everything that the workflow knows comes back: all but the values of an environment.
 */
export function restoreSettings(tools: Tools) {
  return async function restoreSettings(
    input: RestoreSettingsInput,
  ): Promise<MutationResult<FunctionState>> {
    const restoring = { ...input, restores: true };
    const version = await findSettledFunction(tools.lambda(restoring), input.fromVersion);
    const { before, settings } = settingsBefore(input, version);
    const api = tools.lambda(restoring, await valuesSent(tools.lambda(restoring), settings));
    return writeSettings(
      api,
      input,
      before,
      settings,
      `put back ${said(input.names)} of ${input.function}`,
    );
  };
}

function settingsBefore(
  input: RestoreSettingsInput,
  version: SettledFunction | undefined,
): { before: Partial<ObservedSettings>; settings: Partial<FunctionSettings> } {
  const { names } = input;
  if (version === undefined) {
    if (input.before === undefined) throw versionGone(input);
    const before = pickSettings(input.before, names);
    const { environmentHashes, ...known } = before;
    // Of an environment without variables nothing is lost.
    const isEmpty = environmentHashes && Object.keys(environmentHashes).length === 0;
    return { before, settings: { ...known, ...(isEmpty && { environment: {} }) } };
  }
  const state = functionState(version, input.deploymentId);
  const kept = names.filter((name) => SETTINGS[name].inVersions);
  const before = pickSettings(state.settings, kept);
  assertReadable(input, state, before);
  const settings = pickPlanned(settingsOf(version), kept);
  // What no version keeps comes back as the workflow has noted it.
  const noted = pickSettings(pickSettings(input.before ?? {}, names), UNPUBLISHED_SETTINGS);
  return { before: { ...before, ...noted }, settings: { ...settings, ...noted } };
}

/** As deployment files call them. */
function said(names: readonly SettingName[]): string {
  return names.map((name) => SETTINGS[name].inFile).join(', ');
}

/** The values of an environment that a request for some settings holds: no error may repeat them. */
async function valuesSent(api: LambdaApi, settings: Partial<FunctionSettings>): Promise<string[]> {
  const { environment, kmsKeyArn } = settings;
  if (environment !== undefined || kmsKeyArn === undefined) return Object.values(environment ?? {});
  const present = await findSettledFunction(api);
  return Object.values(present?.Configuration.Environment?.Variables ?? {});
}

/**
 * AWS encrypts an environment as it takes it, and not anew when it gets another key:
 * https://github.com/hashicorp/terraform-provider-aws/issues/26692. So what is there is sent along.
 */
function environmentForKey(
  api: LambdaApi,
  request: ReturnType<typeof requestOf>,
  present: SettledFunction,
): Pick<UpdateFunctionConfigurationCommandInput, 'Environment'> {
  if (request.KMSKeyArn === undefined || request.Environment !== undefined) return {};
  const state = functionState(present, api.access.deploymentId);
  assertReadable(api.access, state, { environmentHashes: {} });
  const { Variables = {} } = present.Configuration.Environment ?? {};
  return Object.keys(Variables).length === 0 ? {} : { Environment: { Variables } };
}

async function writeSettings(
  api: LambdaApi,
  { revisionId, fence }: { revisionId: string; fence?: string },
  wanted: Partial<ObservedSettings>,
  settings: Partial<FunctionSettings>,
  doing: string,
): Promise<MutationResult<FunctionState>> {
  const own = pickSettings(wanted, WRITTEN);
  const request = requestOf(pickPlanned(settings, WRITTEN), api.access.function);
  return changeLatest(api, {
    revisionId,
    fence,
    holds: (state) => {
      assertReadable(api.access, state, own);
      return differingSettings(state.settings, own).length === 0;
    },
    doing,
    prepare: (present) => {
      if (own.environmentHashes !== undefined && settings.environment === undefined) {
        throw environmentGone(api.access);
      }
      const command = new UpdateFunctionConfigurationCommand({
        ...request,
        ...environmentForKey(api, request, present),
        FunctionName: api.access.function,
        RevisionId: present.Configuration.RevisionId,
      });
      return Promise.resolve((client, options) => client.send(command, options));
    },
  });
}
