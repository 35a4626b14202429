import type { ObservedSettings, SettingName } from './functionSettings.js';
import type { Holder } from './marks.js';
import type { WideState } from './wideSettings.js';

/**
 * A function's code and settings as AWS reports them, of `$LATEST` or of a version. Environment
 * values never appear here.
 */
export interface FunctionState {
  revisionId: string;
  codeSha256: string;
  /** Of the package, in bytes. Absent where it is not known. */
  codeBytes?: number;
  settings: ObservedSettings;
  /** Its code is a container image, and never becomes a zip file. */
  image?: true;
  /** That image by its digest. Absent where AWS does not say. */
  imageUri?: string;
  /** Its code lies in S3 alone, and takes no room of the account's for code. */
  refersToPackage?: true;
  /** AWS accepted the last update and then failed to carry it out. */
  failed?: true;
}

/** A version or `$LATEST`, with the version's own description. */
export interface VersionState extends FunctionState {
  version: string;
  description: string;
  /** Absent where AWS can invoke it. */
  unready?: Unready;
}

/** A version that AWS cannot invoke, at that moment or at all. */
export interface Unready {
  /**
   * `Pending`: AWS makes it ready, which takes minutes where it makes a snapshot (SnapStart), and in a
   * VPC. `Inactive`: it was idle for weeks, and AWS has put away what it ran on. Its next invocation
   * fails, and has it made ready again: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
   * and snapstart.html. `Failed`: it cannot be invoked at all.
   */
  state: 'Pending' | 'Inactive' | 'Failed';
  /** In AWS's words. */
  reason?: string;
  /** AWS makes a snapshot of it. */
  snapshot?: true;
}

/** A person's view of what is waited for, after "AWS has". */
export function readyText({ snapshot }: Unready, what: string): string {
  return snapshot === true ? `made the snapshot of ${what}` : `made ${what} ready`;
}

/** How an alias splits its traffic. */
export interface AliasShape {
  /** The primary version. */
  version: string;
  /** The additional version's share, 0 to 1. */
  weights: Record<string, number>;
}

export interface AliasState extends AliasShape {
  revisionId: string;
  /** What people have written there, without whose the split is. */
  description: string;
  /** Whose the split is, where the description says so. */
  holder?: Holder;
  /** When AWS said so. ISO 8601. Absent where a worker of an older version has looked. */
  seenAt?: string;
}

/**
 * A target of another deployment that splits an alias's traffic, and what Temporal knows of its
 * run: it is open, it has ended and left the split behind, or there is none (any more).
 */
export interface OtherHolder extends Holder {
  run: 'open' | 'ended' | 'unknown';
}

/** What one function was before the deployment wrote to it. */
export interface FunctionSnapshot {
  /** Absent when the function does not exist. */
  latest?: FunctionState;
  /** Absent when the plan names no alias or it does not exist. */
  alias?: AliasState;
  /** What a rollback gives the alias back; absent without an alias. */
  trafficBefore?: AliasShape;
  /** What the alias's primary version is; absent without an alias. */
  served?: VersionState;
  /** That version has the code and the settings of `$LATEST`, environment values included. */
  servesContentOfLatest?: true;
  /** What belongs to the function as a whole, of what the plan names. Absent where it names nothing. */
  wide?: WideState;
  /** Who else splits the alias's traffic; absent where nobody does. */
  heldBy?: OtherHolder;
  /** Absent: the alias and the versions have none, nobody may see it, or there is no alias. */
  provisioned?: Provisioned;
  /** Why AWS did not tell of it. */
  provisionedUnknown?: string;
}

/** How many execution environments Lambda keeps ready (provisioned concurrency). */
export interface Provisioned {
  /** By the numbers of those versions that have any. */
  versions: Record<string, number>;
  /** What the alias has of its own. */
  alias?: number;
}

/** The name of what can be changed of a function: its code and settings until they are published. */
export const LATEST = '$LATEST';

/** Whether an alias gives traffic to `$LATEST`: what is written there is then live at once. */
export function servesLatest({ version, weights }: AliasShape): boolean {
  return version === LATEST || Object.hasOwn(weights, LATEST);
}

/**
 * The same traffic with a published version in the place of `$LATEST`.
 *
 * @param published - the number of a version that has the code and the settings of `$LATEST`
 */
export function withoutLatest({ version, weights }: AliasShape, published: string): AliasShape {
  const numbered = (one: string): string => (one === LATEST ? published : one);
  const primary = numbered(version);
  const additional = Object.entries(weights)
    .map(([one, weight]) => [numbered(one), weight] as const)
    .filter(([one]) => one !== primary);
  return { version: primary, weights: Object.fromEntries(additional) };
}

export function sameShape(a: AliasShape, b: AliasShape): boolean {
  const versions = Object.keys(a.weights);
  return (
    a.version === b.version &&
    versions.length === Object.keys(b.weights).length &&
    versions.every((version) => a.weights[version] === b.weights[version])
  );
}

/** Whether a second version has a part of the traffic. */
export function isSplit({ weights }: AliasShape): boolean {
  return Object.keys(weights).length > 0;
}

/** A person's view of a split: `version 7`, or `version 7 (75 %) and version 8 (25 %)`. */
export function shapeText(shape: AliasShape): string {
  const additional = Object.entries(shape.weights);
  if (additional.length === 0) return versionText(shape.version);
  const rest = 1 - additional.reduce((sum, [, weight]) => sum + weight, 0);
  const parts = [[shape.version, rest] as const, ...additional];
  return parts
    .map(([version, weight]) => `${versionText(version)} (${percent(weight)})`)
    .join(' and ');
}

/** `version 7`, or `$LATEST`, which is no version. */
export function versionText(version: string): string {
  return version === LATEST ? LATEST : `version ${version}`;
}

function percent(weight: number): string {
  return `${Math.round(weight * 10000) / 100} %`;
}

/** What has to change to bring a function's code and settings to what the plan says. */
export interface Changes {
  code: boolean;
  settings: SettingName[];
}

export function nothingChanges(changes: Changes): boolean {
  return !changes.code && changes.settings.length === 0;
}
