import type { Path, Place } from '../path.js';

/** Something a file or a plan says, with the place where it says so. */
export interface Said<Value> {
  value: Value;
  place: Place;
}

/**
 * What a deployment says, whether in a file or in a plan: the rules look at nothing else. A value
 * that is missing or could not be read is undefined, and no rule complains about it again. A list
 * that is undefined is not known, so no rule draws conclusions from what is not in it.
 */
export interface Facts {
  deploymentId?: Said<string>;
  application: Said<string> | undefined;
  timeoutMs: Said<number> | undefined;
  targets: TargetFact[] | undefined;
  strategies: StrategyFact[] | undefined;
  /** Only files have artifacts: in a plan each function has its own package. */
  artifacts: ArtifactFact[] | undefined;
  packages: PackageFact[];
  functions: FunctionFact[] | undefined;
  aliases: AliasFact[];
}

export interface TargetFact {
  name: Said<string>;
  deployRole: Said<string> | undefined;
  region: Said<string> | undefined;
  strategy: Said<string> | undefined;
  dependsOn: Said<string>[];
}

export interface StrategyFact {
  name: Said<string>;
  steps: StepFact[];
}

export interface StepFact {
  place: Place;
  /** The steps that one entry of the list names. */
  kinds: string[];
  weight: Said<number> | undefined;
}

export interface ArtifactFact {
  functionName: Said<string> | undefined;
}

export interface PackageFact {
  functionName: Said<string> | undefined;
  /** Only files have paths. */
  path?: Said<string>;
  bucket: Said<string> | undefined;
  key: Said<string> | undefined;
}

/** A function at a target. */
export interface FunctionFact {
  target: Said<string> | undefined;
  name: Said<string> | undefined;
  role: Said<string> | undefined;
  settings: SettingsFact;
}

export interface SettingsFact {
  handler: Said<string> | undefined;
  runtime: Said<string> | undefined;
  memorySize: Said<number> | undefined;
  timeout: Said<number> | undefined;
  variables: Said<string>[];
  layers: Said<string>[];
  architectures: Said<string[]> | undefined;
}

/** An alias of a function at a target. */
export interface AliasFact {
  target: Said<string>;
  functionName: Said<string> | undefined;
  name: Said<string> | undefined;
}

type Sayable = string | number | object;

export function said<Value extends Sayable>(value: Value, path: Path): Said<Value>;
export function said<Value extends Sayable>(
  value: Value | undefined,
  path: Path,
): Said<Value> | undefined;
export function said<Value>(value: Value | undefined, path: Path): Said<Value> | undefined {
  return value === undefined ? undefined : { value, place: { path, part: 'value' } };
}

/** A name that is the key of what it names. */
export function saidByKey(name: string, path: Path): Said<string> {
  return { value: name, place: { path, part: 'key' } };
}

/** The items of a list that could be read, with their places. */
export function saidItems<Value extends Sayable>(
  list: readonly (Value | undefined)[] | undefined,
  path: Path,
): Said<Value>[] {
  return (list ?? []).flatMap((item, index) => said(item, [...path, index]) ?? []);
}
