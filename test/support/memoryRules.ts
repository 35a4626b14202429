import { activityFailure } from '../../src/activities/awsFailure.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { RemovalResult } from '../../src/activities/results.js';
import type {
  AliasShape,
  AliasState,
  FunctionState,
  VersionState,
} from '../../src/domain/functions.js';
import type { ObservedSettings } from '../../src/domain/functionSettings.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import { readMark } from '../../src/domain/marks.js';

export function shape({ version, weights }: AliasState): AliasShape {
  return { version, weights };
}

/** An alias that nobody splits. */
export function aliasAt(version: string, more: Partial<AliasState> = {}): AliasState {
  const seenAt = '2026-05-04T10:00:00.000Z';
  return { version, weights: {}, revisionId: 'first', description: '', seenAt, ...more };
}

/** All traffic on one version. */
export function sole(version: string): AliasShape {
  return { version, weights: {} };
}

/** Weights that a deployment has left behind are not what a rollback gives back. */
export function trafficOf(versions: readonly VersionState[], alias: AliasState): AliasShape {
  if (alias.holder !== undefined) return sole(alias.version);
  const leftBehind = versions.some(
    ({ version, description }) =>
      version in alias.weights &&
      Number(version) > Number(alias.version) &&
      readMark(description)?.packageUri !== undefined,
  );
  return leftBehind ? sole(alias.version) : shape(alias);
}

export function withArchitectures(
  settings: ObservedSettings,
  architectures: string[] | undefined,
): ObservedSettings {
  return architectures === undefined ? settings : { ...settings, architectures };
}

export function differs(
  state: FunctionState,
  wanted: { codeSha256: string; settings: Partial<ObservedSettings> },
): boolean {
  const settings = differingSettings(state.settings, wanted.settings);
  return state.codeSha256 !== wanted.codeSha256 || settings.length > 0;
}

export function isOf(
  { description }: { description: string },
  { deploymentId }: FunctionAccess,
): boolean {
  return readMark(description)?.deploymentId === deploymentId;
}

export function left(reason: string): RemovalResult {
  return { result: 'left', reason, ours: true };
}

export function foreign(message: string): Error {
  return activityFailure({ code: 'foreignChange', message }, { retryable: false });
}

export function refusal(message: string): Error {
  return activityFailure({ code: 'awsRefused', message }, { retryable: false });
}
