import {
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
  type Runtime,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import {
  differingSettings,
  type FunctionState,
  type ObservedSettings,
  type SettingName,
} from '../domain/functions.js';
import type { FunctionSettings } from '../domain/plan.js';
import type { FunctionAccess } from './access.js';
import { changeLatest } from './changeLatest.js';
import { functionState, wantedSettings } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
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
    const before = pick(state.settings, input.names);
    assertReadable(input, state, before);
    const settings = pick(settingsOf(version), input.names);
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
  // AWS changes the architecture together with the code, never with the settings.
  const { architectures: _, ...own } = wanted;
  const command = new UpdateFunctionConfigurationCommand({
    FunctionName: name,
    RevisionId: revisionId,
    ...settingsInput(settings),
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

/** The settings in the form of the Lambda API, for CreateFunction as for an update. */
export function settingsInput(
  settings: Partial<FunctionSettings>,
): Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'> {
  const { role, handler, runtime, memorySize, timeout, environment, layers } = settings;
  return {
    ...(role !== undefined && { Role: role }),
    ...(handler !== undefined && { Handler: handler }),
    ...(runtime !== undefined && { Runtime: runtime as Runtime }),
    ...(memorySize !== undefined && { MemorySize: memorySize }),
    ...(timeout !== undefined && { Timeout: timeout }),
    ...(environment !== undefined && { Environment: { Variables: environment } }),
    ...(layers !== undefined && { Layers: layers }),
  };
}

/** Observed names to the plan's: the environment is observed by its hashes. */
function pick<Value extends object>(settings: Value, names: readonly string[]): Partial<Value> {
  const wanted = new Set<string>(names);
  if (wanted.has('environmentHashes')) wanted.add('environment');
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => wanted.has(name)),
  ) as Partial<Value>;
}

function settingsOf(configuration: FunctionConfiguration): FunctionSettings {
  return {
    role: configuration.Role ?? '',
    handler: configuration.Handler ?? '',
    runtime: configuration.Runtime ?? '',
    memorySize: configuration.MemorySize ?? 128,
    timeout: configuration.Timeout ?? 3,
    environment: configuration.Environment?.Variables ?? {},
    layers: (configuration.Layers ?? []).map(({ Arn = '' }) => Arn),
  };
}
