import type { Path } from '../path.js';
import type { Draft } from '../written/draft.js';
import { settingsShape, type SharedSettings } from '../written/functions.js';
import { said, saidByKey, saidItems, type Facts, type Said, type SettingsFact } from './facts.js';

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
