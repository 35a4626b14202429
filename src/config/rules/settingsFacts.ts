import type { Path, Place } from '../path.js';
import type { Draft } from '../written/draft.js';
import { settingsShape, type SharedSettings } from '../written/functions.js';
import {
  said,
  saidByKey,
  saidItems,
  type Facts,
  type Said,
  type Sayable,
  type SettingsFact,
} from './facts.js';

/** A variable of a function's environment. */
interface VariableFact {
  name: Said<string>;
  value: Said<string> | undefined;
}

/** What is said of each setting that a file and a plan write in the same way. */
export function settingsFacts(settings: Draft<SharedSettings>, path: Path): SettingsFact {
  const names = Object.keys(settingsShape) as (keyof SharedSettings)[];
  return Object.fromEntries(names.map((name) => [name, said(settings[name], [...path, name])]));
}

/** Many rules look at them. */
const known = new WeakMap<SettingsFact, VariableFact[]>();

/** The variables of the environment. */
export function variablesOf(settings: SettingsFact): VariableFact[] {
  const variables = known.get(settings) ?? readVariables(settings);
  known.set(settings, variables);
  return variables;
}

function readVariables({ environment }: SettingsFact): VariableFact[] {
  if (environment === undefined) return [];
  const { path } = environment.place;
  return Object.entries(environment.value).map(([name, value]) => ({
    name: saidByKey(name, [...path, name]),
    value: said(value, [...path, name]),
  }));
}

/** The values of all environments that could be read. */
export function environmentValues({ functions = [] }: Pick<Facts, 'functions'>): Said<string>[] {
  return functions.flatMap(({ settings }) =>
    variablesOf(settings).flatMap(({ value }) => value ?? []),
  );
}

/** The layers that could be read. */
export function layersOf({ layers }: SettingsFact): Said<string>[] {
  return layers === undefined ? [] : saidItems(layers.value, layers.place.path);
}

/** A part of a setting, if it is named and could be read. */
export function partOf<Parts extends object, Name extends string & keyof Parts>(
  setting: Said<Parts> | undefined,
  name: Name,
): Said<NonNullable<Parts[Name]> & Sayable> | undefined {
  if (setting === undefined) return undefined;
  const part = setting.value[name] as (NonNullable<Parts[Name]> & Sayable) | undefined;
  return said(part, [...setting.place.path, name]);
}

/** What connects a function to a VPC. */
interface NetworksFact {
  place: Place;
  subnets: Said<string>[];
  groups: Said<string>[];
  /** How many there are, with those that could not be read; undefined when a list could not. */
  counts: { subnets: number; groups: number } | undefined;
}

export function networksOf({ vpcConfig }: SettingsFact): NetworksFact | undefined {
  if (vpcConfig === undefined) return undefined;
  const subnets = partOf(vpcConfig, 'subnetIds');
  const groups = partOf(vpcConfig, 'securityGroupIds');
  return {
    place: { ...vpcConfig.place, part: 'key' },
    subnets: subnets === undefined ? [] : saidItems(subnets.value, subnets.place.path),
    groups: groups === undefined ? [] : saidItems(groups.value, groups.place.path),
    counts: subnets && groups && { subnets: subnets.value.length, groups: groups.value.length },
  };
}

/** A file system that a function is to have, as far as it could be read. */
interface FileSystemFact {
  place: Place;
  arn: Said<string> | undefined;
  path: Said<string> | undefined;
  s3Files: Said<object> | undefined;
  directS3Read: Said<string> | undefined;
}

export function fileSystemsOf({ fileSystemConfigs }: SettingsFact): FileSystemFact[] {
  if (fileSystemConfigs === undefined) return [];
  return saidItems(fileSystemConfigs.value, fileSystemConfigs.place.path).map((one) => {
    const s3Files = partOf(one, 's3FilesConfig');
    return {
      place: one.place,
      arn: partOf(one, 'arn'),
      path: partOf(one, 'localMountPath'),
      s3Files,
      directS3Read: partOf(s3Files, 'directS3Read'),
    };
  });
}

/** What is said before the settings of a container image. */
export function imageConfigOf({ imageConfig }: SettingsFact) {
  return {
    entryPoint: partOf(imageConfig, 'entryPoint'),
    command: partOf(imageConfig, 'command'),
    workingDirectory: partOf(imageConfig, 'workingDirectory'),
  };
}

export function imageConfigTexts(settings: SettingsFact): Said<string>[] {
  const { entryPoint, command, workingDirectory } = imageConfigOf(settings);
  const lists = [entryPoint, command].flatMap((list) =>
    list === undefined ? [] : saidItems(list.value, list.place.path),
  );
  return workingDirectory === undefined ? lists : [...lists, workingDirectory];
}

/** The texts of the settings with parts and of the keys that name something outside. */
export function exactSettingTexts(settings: SettingsFact): Said<string>[] {
  const { deadLetterConfig, loggingConfig, tracingConfig, snapStart } = settings;
  const { subnets = [], groups = [] } = networksOf(settings) ?? {};
  return [
    ...subnets,
    ...groups,
    ...fileSystemsOf(settings).flatMap(({ arn, path }) => [arn, path]),
    partOf(deadLetterConfig, 'targetArn'),
    partOf(tracingConfig, 'mode'),
    partOf(loggingConfig, 'logFormat'),
    partOf(loggingConfig, 'logGroup'),
    partOf(snapStart, 'applyOn'),
    settings.kmsKeyArn,
    settings.sourceKmsKeyArn,
  ].filter((text) => text !== undefined);
}
