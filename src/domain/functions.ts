import type { ObservedSettings, SettingName } from './functionSettings.js';

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
  /** Its code lies in S3 alone, and takes no room of the account's for code. */
  refersToPackage?: true;
  /** AWS accepted the last update and then failed to carry it out. */
  failed?: true;
}

/** A version or `$LATEST`, with the version's own description. */
export interface VersionState extends FunctionState {
  version: string;
  description: string;
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
  description: string;
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
}

export function sameShape(a: AliasShape, b: AliasShape): boolean {
  const versions = Object.keys(a.weights);
  return (
    a.version === b.version &&
    versions.length === Object.keys(b.weights).length &&
    versions.every((version) => a.weights[version] === b.weights[version])
  );
}

/** A person's view of a split: `version 7`, or `version 7 (75 %) and version 8 (25 %)`. */
export function shapeText(shape: AliasShape): string {
  const additional = Object.entries(shape.weights);
  if (additional.length === 0) return `version ${shape.version}`;
  const rest = 1 - additional.reduce((sum, [, weight]) => sum + weight, 0);
  const parts = [[shape.version, rest] as const, ...additional];
  return parts.map(([version, weight]) => `version ${version} (${percent(weight)})`).join(' and ');
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
