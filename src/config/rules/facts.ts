import type { PackageType } from '../../domain/packages.js';
import type { Path, Place } from '../path.js';
import type { Draft } from '../written/draft.js';
import type { WrittenWide } from '../written/functionWide.js';
import type { SharedSettings } from '../written/functions.js';

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
  /** Whether everything could be read, so that what is not used is used nowhere. */
  complete: boolean;
  /** Whether a value is in a file that is included, so that others may use it. Only files have those. */
  isIncluded?: (path: Path) => boolean;
  application: Said<string> | undefined;
  timeoutMs: Said<number> | undefined;
  /** The keys that `{{context.…}}` can name everywhere; undefined when not all are known. */
  context: ReadonlySet<string> | undefined;
  /** Values that are kept in the deployment's history, and are not rendered as templates. */
  plainTexts: Said<string>[];
  targets: TargetFact[] | undefined;
  /** The targets that are asked for; undefined when all are. */
  filters: Said<string>[] | undefined;
  /** The names of the targets that were not asked for. */
  leftOut?: ReadonlySet<string>;
  strategies: StrategyFact[] | undefined;
  /** Only files have artifacts: in a plan each function has its own package. */
  artifacts: ArtifactFact[] | undefined;
  packages: PackageFact[];
  /** Where replaced code is kept. */
  replacedCode: (Said<string> | undefined)[];
  /** The names of functions, each where a file or a plan says what becomes of the function. */
  functionNames: (Said<string> | undefined)[];
  functions: FunctionFact[] | undefined;
  aliases: AliasFact[];
  /** Whether all aliases could be read, so that a function without one has none. */
  aliasesComplete: boolean;
  webhooks: WebhookFact[] | undefined;
  queries: QueryFact[] | undefined;
  /** Who answers where nobody else is named. Only files have one. */
  defaultProvider?: Said<string> | undefined;
}

export interface TargetFact {
  name: Said<string>;
  /** A label for people. */
  account: Said<string> | undefined;
  deployRole: Said<string> | undefined;
  region: Said<string> | undefined;
  strategy: Said<string> | undefined;
  dependsOn: Said<string>[];
  before: StepFact[];
  after: StepFact[];
}

export interface StrategyFact {
  name: Said<string>;
  steps: StepFact[];
}

export interface StepFact {
  place: Place;
  /** The steps that one entry of the list names. */
  kinds: string[];
  weight?: Said<number> | undefined;
  pause?: PauseFact;
  webhook?: WebhookUseFact;
  analysis?: AnalysisFact;
}

export interface PauseFact {
  place: Place;
  /** The keys that it has. */
  keys: string[];
  untilApproved: Said<boolean> | undefined;
  durationMs: Said<number> | undefined;
  expiresAfterMs: Said<number> | undefined;
  /** Who may approve. */
  roles: Said<string>[];
}

export interface WebhookUseFact {
  name: Said<string> | undefined;
  /** The keys of the step's own context; undefined when not all are known. */
  context: ReadonlySet<string> | undefined;
  /** The values of the step's own context. */
  values: Said<string>[];
}

export interface AnalysisFact {
  intervalMs: Said<number> | undefined;
  runs: Said<number> | undefined;
  queries: Said<string>[];
  /** Whether a person is asked when it has passed. */
  asks: boolean;
  /** Whether it names a metric provider. */
  hasProvider: boolean;
  providers: Said<string>[];
  context: ReadonlySet<string> | undefined;
  values: Said<string>[];
}

export interface ArtifactFact {
  functionName: Said<string> | undefined;
  /** The one that it is for; absent where it is for all that deploy the function. */
  target?: Said<string> | undefined;
}

export interface PackageFact {
  functionName: Said<string> | undefined;
  /** Only artifacts of files have one, as {@link ArtifactFact.target}. */
  target?: Said<string> | undefined;
  /** Only files have paths and types. */
  path?: Said<string>;
  type?: Said<string> | undefined;
  /** Of a zip file. */
  bucket: Said<string> | undefined;
  key: Said<string> | undefined;
  /** Of a container image, whether or not it has the form of one. */
  image: Said<string> | undefined;
  replacedCode: Said<string> | undefined;
}

/** A function at a target. */
export interface FunctionFact {
  target: Said<string> | undefined;
  name: Said<string> | undefined;
  role: Said<string> | undefined;
  /** What it has to name and does not, as files call it. */
  missing: string[];
  /** What its code is; undefined where that could not be read. */
  packageType: PackageType | undefined;
  /** The container image that it is, if it is one. */
  image: Said<string> | undefined;
  /** The buckets of its package and of the code that it replaces. */
  buckets: (string | undefined)[];
  settings: SettingsFact;
  wide: WideFact;
  provisionedConcurrency: Said<number> | undefined;
  /** Nothing for a function that is given back. */
  keepVersions?: Said<number> | undefined;
}

/** What is said of the function as a whole, as far as it could be read. */
export type WideFact = {
  [Name in keyof WrittenWide]?: Said<Draft<Required<WrittenWide>[Name]>> | undefined;
};

/** Each setting that is named, as far as it could be read. */
export type SettingsFact = {
  [Name in keyof SharedSettings]?: Said<Draft<Required<SharedSettings>[Name]>> | undefined;
};

/** An alias of a function at a target. */
export interface AliasFact {
  target: Said<string>;
  functionName: Said<string> | undefined;
  name: Said<string> | undefined;
}

export interface WebhookFact {
  name: Said<string> | undefined;
  method: Said<string> | undefined;
  uri: Said<string> | undefined;
  headers: HeaderFact[];
  body: Said<string> | undefined;
  networkMode: Said<string> | undefined;
  /** Whether it names an agent, even one that could not be read. */
  hasAgent: boolean;
  agent: Said<string> | undefined;
  retries: Said<number> | undefined;
  /** Whether the step waits for a callback. */
  waits: boolean;
  /** Whether all of its templates could be read. */
  complete: boolean;
}

export interface HeaderFact {
  key: Said<string> | undefined;
  value: Said<string> | undefined;
}

export interface QueryFact {
  name: Said<string> | undefined;
  template: Said<string> | undefined;
  upper: Said<number> | undefined;
  lower: Said<number> | undefined;
  /** Whether it has a limit, even one that could not be read. */
  hasLimit: boolean;
  /** Whether it or the file names a metric provider. In a plan each use does. */
  hasProvider: boolean;
  provider?: Said<string> | undefined;
}

export type Sayable = string | number | boolean | object;

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

/** The values of a mapping that could be read, with their places. */
export function saidValues<Value extends Sayable>(
  values: Readonly<Record<string, Value | undefined>> | undefined,
  path: Path,
): Said<Value>[] {
  return Object.entries(values ?? {}).flatMap(([key, value]) => said(value, [...path, key]) ?? []);
}
