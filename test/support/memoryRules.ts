import { activityFailure } from '../../src/activities/awsFailure.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import { defined } from '../../src/domain/defined.js';
import type { ReadBack } from '../../src/domain/readBack.js';
import type { RemovalResult } from '../../src/activities/results.js';
import {
  LATEST,
  type AliasShape,
  type AliasState,
  type FunctionState,
  type Provisioned,
  type VersionState,
} from '../../src/domain/functions.js';
import { versionsOf } from '../../src/domain/provisioned.js';
import type { ObservedSettings } from '../../src/domain/functionSettings.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import { oldVersions } from '../../src/domain/oldVersions.js';
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

/** What is old, whenever it was made. */
export function oldVersionsOf(
  {
    versions,
    aliases,
    provisioned = new Map(),
  }: {
    versions: VersionState[];
    aliases: Map<string, AliasState>;
    provisioned?: ReadonlyMap<string, number>;
  },
  { keep, kept }: { keep: number; kept: string[] },
): string[] {
  const served = [...aliases.values()].map(({ version }) => version);
  const ready = [...provisioned].filter(([, count]) => count > 0).map(([version]) => version);
  const named = new Set([...kept, ...served, ...ready]);
  const published = versions.map(({ version }) => ({ version, modifiedAt: '2020-01-01' }));
  return oldVersions(published, { keep, named, rememberedMs: 0, now: Date.now() });
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

interface Provisioning {
  aliases: Map<string, AliasState>;
  provisioned?: Map<string, number>;
}

/** What versions and the alias have, where any of them has something. */
export function provisionedIn(
  { provisioned = new Map() }: Provisioning,
  alias: string | undefined,
): Provisioned | undefined {
  const found = [...provisioned].filter(([, environments]) => environments > 0);
  if (found.length === 0) return undefined;
  const versions = found.filter(([qualifier]) => /^[0-9]+$/.test(qualifier));
  return {
    versions: Object.fromEntries(versions),
    ...defined({ alias: provisioned.get(alias ?? '') }),
  };
}

/** The aliases that give traffic to a version which is to have no environments. */
export function othersServing(
  { aliases }: Provisioning,
  { version, mayServe }: { version: string; mayServe?: string },
): string[] {
  return [...aliases]
    .filter(([name, alias]) => name !== mayServe && versionsOf(alias).includes(version))
    .map(([name]) => name);
}

/** What AWS would say of a function. */
export function readBack(
  found: (Provisioning & { latest: FunctionState; versions: VersionState[] }) | undefined,
  { alias: aliasName, provisioned: asked }: { alias?: string; provisioned?: string[] },
): ReadBack {
  const readAt = new Date().toISOString();
  if (found === undefined) return { readAt };
  const { latest, aliases } = found;
  const provisioned = asked && {
    provisioned: Object.fromEntries(asked.map((one) => [one, found.provisioned?.get(one) ?? 0])),
  };
  const alias = aliases.get(aliasName ?? '');
  if (alias === undefined) return { readAt, latest, ...provisioned };
  const served = servedBy(found, alias)?.codeSha256;
  return {
    readAt,
    latest,
    alias: shape(alias),
    ...defined({ servedCodeSha256: served }),
    ...provisioned,
  };
}
