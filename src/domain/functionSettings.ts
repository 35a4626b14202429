import type { FunctionSettings } from './plan.js';
import type { ListOrder } from './sameValue.js';

/** The settings of a function as they were found: each has a row in {@link SETTINGS}. */
export interface ObservedSettings extends Required<Omit<FunctionSettings, 'environment'>> {
  /**
   * Variable name to a hash of its value, which activities keep to themselves: in a history it is a
   * word for a value that the plan does not name (src/activities/environmentMarks.ts).
   * {@link UNREADABLE} alone when nobody may read them.
   */
  environmentHashes: Record<string, string>;
}

/**
 * Stands for an environment that the deploy role may not decrypt, or a key that it may not see; no
 * variable and no key has this name.
 */
export const UNREADABLE = '(unreadable)';

/** What a setting is called in what was found, and in what a deployment has noted of it. */
export type SettingName = keyof ObservedSettings;

/** What plans call a setting. */
export type PlannedName = keyof FunctionSettings;

/** The requests that change a setting of a function that exists. */
export type SettingRequest = 'UpdateFunctionConfiguration' | 'UpdateFunctionCode';

/** What a deployment has to know of one setting. */
type Setting<Name extends SettingName, Planned extends PlannedName = InPlan<Name>> = {
  inPlan: Planned;
  inFile: string;
  /** The request that changes it on a function that exists; CreateFunction takes every setting. */
  request: SettingRequest;
  /** Whether a published version keeps it, so that it can be compared with one and copied from it. */
  inVersions: boolean;
  /** How lists inside the value compare, however deep they are; null where it has none. */
  lists: ObservedSettings[Name] extends Flat ? null : ListOrder;
  /**
   * Its name in a sentence, where AWS splits no traffic between versions that differ in it. For that
   * a plan has to say it in the form in which it is found.
   */
  keepsFromSplitting: Planned extends Name ? string | null : null;
};

/** Values of environment variables stay out of what was found, so their setting has two names. */
type InPlan<Name extends SettingName> = Name extends 'environmentHashes'
  ? 'environment'
  : Name & PlannedName;

type Value = string | number | boolean;
type Flat = Value | Record<string, Value | undefined>;

/** A row for each setting. */
export type SettingsTable = { [Name in SettingName]: Setting<Name> };

const ordinary = {
  request: 'UpdateFunctionConfiguration',
  inVersions: true,
  lists: null,
  keepsFromSplitting: null,
} as const;

/**
 * Every setting that a deployment looks at, in the order in which people are told of them. Every
 * list of settings is made of this table; how AWS writes each is in src/activities/lambdaSettings.ts,
 * and how deployment files do in src/config/written/functions.ts. None of them compiles while it
 * lacks a setting.
 */
const TABLE = {
  role: {
    ...ordinary,
    inPlan: 'role',
    inFile: 'runAsIamRole',
    keepsFromSplitting: 'execution role',
  },
  handler: { ...ordinary, inPlan: 'handler', inFile: 'handler' },
  runtime: { ...ordinary, inPlan: 'runtime', inFile: 'runtime' },
  // A version's own says which deployment and which package it came from.
  description: { ...ordinary, inPlan: 'description', inFile: 'description', inVersions: false },
  memorySize: { ...ordinary, inPlan: 'memorySize', inFile: 'memorySize' },
  timeout: { ...ordinary, inPlan: 'timeout', inFile: 'timeout' },
  ephemeralStorage: { ...ordinary, inPlan: 'ephemeralStorage', inFile: 'ephemeralStorage' },
  layers: { ...ordinary, inPlan: 'layers', inFile: 'layers', lists: 'ordered' },
  architectures: {
    ...ordinary,
    inPlan: 'architectures',
    inFile: 'architectures',
    request: 'UpdateFunctionCode',
    lists: 'unordered',
  },
  environmentHashes: { ...ordinary, inPlan: 'environment', inFile: 'environment' },
  vpcConfig: { ...ordinary, inPlan: 'vpcConfig', inFile: 'vpcConfig', lists: 'unordered' },
  fileSystemConfigs: {
    ...ordinary,
    inPlan: 'fileSystemConfigs',
    inFile: 'fileSystemConfigs',
    lists: 'unordered',
  },
  deadLetterConfig: {
    ...ordinary,
    inPlan: 'deadLetterConfig',
    inFile: 'deadLetterConfig',
    keepsFromSplitting: 'dead-letter queue',
  },
  tracingConfig: { ...ordinary, inPlan: 'tracingConfig', inFile: 'tracingConfig' },
  loggingConfig: { ...ordinary, inPlan: 'loggingConfig', inFile: 'loggingConfig' },
  snapStart: { ...ordinary, inPlan: 'snapStart', inFile: 'snapStart' },
  imageConfig: {
    ...ordinary,
    inPlan: 'imageConfig',
    inFile: 'imageConfig',
    lists: 'ordered',
  },
  kmsKeyArn: { ...ordinary, inPlan: 'kmsKeyArn', inFile: 'kmsKeyArn' },
  sourceKmsKeyArn: {
    ...ordinary,
    inPlan: 'sourceKmsKeyArn',
    inFile: 'sourceKmsKeyArn',
    request: 'UpdateFunctionCode',
  },
} satisfies SettingsTable;

/** What a deployment has to know of each setting. */
export const SETTINGS: SettingsTable = TABLE;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

type Rows = typeof TABLE;

/** The request that changes what a plan calls by a name. */
export type RequestFor<Planned extends PlannedName> = {
  [Name in keyof Rows]: Planned extends Rows[Name]['inPlan'] ? Rows[Name]['request'] : never;
}[keyof Rows];

/** What plans call the settings that one request changes. */
export type PlannedWith<Request extends SettingRequest> = {
  [Planned in PlannedName]: RequestFor<Planned> extends Request ? Planned : never;
}[PlannedName];
