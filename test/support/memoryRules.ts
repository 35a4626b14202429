import { activityFailure } from '../../src/activities/awsFailure.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { RemovalResult } from '../../src/activities/results.js';
import {
  LATEST,
  type AliasShape,
  type AliasState,
  type FunctionState,
  type VersionState,
} from '../../src/domain/functions.js';
import type { ObservedSettings } from '../../src/domain/functionSettings.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import { readMark } from '../../src/domain/marks.js';
import { NOT_SET } from './notSet.js';

/** Settings of a function that nobody has touched yet. */
export const EMPTY: ObservedSettings = {
  role: 'arn:aws:iam::111111111111:role/Execution',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  memorySize: 128,
  timeout: 3,
  environmentHashes: {},
  layers: [],
  architectures: ['x86_64'],
  ...NOT_SET,
};

/** Of what a plan looks for beside the comparison. */
export const NOTHING_FOUND = { findings: { problems: [], warnings: [] } };

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

/** What an alias's primary version is, `$LATEST` among them. */
export function servedBy(
  { latest, versions }: { latest: FunctionState; versions: readonly VersionState[] },
  { version: number }: AliasShape,
): VersionState | undefined {
  if (number === LATEST) return { ...latest, version: LATEST, description: '' };
  return versions.find(({ version }) => version === number);
}

/** AWS splits traffic only between published versions that have one execution role. */
export function assertPossible(
  { versions }: { versions: readonly VersionState[] },
  { version, weights }: AliasShape,
): void {
  const numbers = [version, ...Object.keys(weights)];
  if (numbers.length === 1 && version === LATEST) return;
  if (numbers.includes(LATEST)) throw refusal('$LATEST shares no traffic.');
  const roles = numbers.map((number) => {
    const found = versions.find((one) => one.version === number);
    if (found === undefined) throw new Error(`there is no version ${number}`);
    return found.settings.role;
  });
  if (new Set(roles).size > 1) throw refusal('The versions have different execution roles.');
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
