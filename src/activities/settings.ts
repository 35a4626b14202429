import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionState } from '../domain/functions.js';
import {
  SETTING_NAMES,
  type ObservedSettings,
  type SettingName,
} from '../domain/functionSettings.js';
import type { FunctionSettings } from '../domain/plan.js';
import {
  changedWith,
  differingSettings,
  pickPlanned,
  pickSettings,
} from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { changeLatest } from './changeLatest.js';
import { functionState, wantedSettings } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { requestOf, settingsOf } from './lambdaSettings.js';
import { assertReadable } from './readable.js';
import { settled } from './reading.js';
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
    const api = tools.lambda(input, Object.values(input.settings.environment ?? {}));
    const wanted = wantedSettings(input.settings, input.deploymentId);
    return writeSettings(api, input, wanted, input.settings);
  };
}

/** Puts back the settings that a published version has, straight from AWS to AWS. */
export function restoreSettings(tools: Tools) {
  return async function restoreSettings(
    input: RestoreSettingsInput,
  ): Promise<MutationResult<FunctionState>> {
    const version = await settled(tools.lambda(input), input.fromVersion);
    const state = functionState(version, input.deploymentId);
    const before = pickSettings(state.settings, input.names);
    assertReadable(input, state, before);
    const settings = pickPlanned(settingsOf(version), input.names);
    const api = tools.lambda(input, Object.values(settings.environment ?? {}));
    return writeSettings(api, input, before, settings);
  };
}

async function writeSettings(
  api: LambdaApi,
  { revisionId, fence }: { revisionId: string; fence?: string },
  wanted: Partial<ObservedSettings>,
  settings: Partial<FunctionSettings>,
): Promise<MutationResult<FunctionState>> {
  const name = api.access.function;
  const own = pickSettings(wanted, WRITTEN);
  const command = new UpdateFunctionConfigurationCommand({
    ...requestOf(pickPlanned(settings, WRITTEN)),
    FunctionName: name,
    RevisionId: revisionId,
  });
  return changeLatest(api, {
    revisionId,
    fence,
    holds: (state) => {
      assertReadable(api.access, state, own);
      return differingSettings(state.settings, own).length === 0;
    },
    doing: `update the settings of ${name}`,
    prepare: () => Promise.resolve((client, options) => client.send(command, options)),
  });
}
