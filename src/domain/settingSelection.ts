import {
  SETTING_NAMES,
  SETTINGS,
  type ObservedSettings,
  type PlannedWith,
  type SettingName,
  type SettingRequest,
} from './functionSettings.js';
import type { FunctionSettings } from './plan.js';
import { sameValue } from './sameValue.js';

/** The settings that a published version keeps. */
export const PUBLISHED_SETTINGS: readonly SettingName[] = SETTING_NAMES.filter(
  (name) => SETTINGS[name].inVersions,
);

/** The settings that only the function itself has: no published version keeps them. */
export const UNPUBLISHED_SETTINGS: readonly SettingName[] = SETTING_NAMES.filter(
  (name) => !SETTINGS[name].inVersions,
);

/** The names of the wanted settings that differ from the observed ones. */
export function differingSettings(
  observed: ObservedSettings,
  wanted: Partial<ObservedSettings>,
): SettingName[] {
  return SETTING_NAMES.filter(
    (name) => wanted[name] !== undefined && !sameSetting(name, observed[name], wanted[name]),
  );
}

/** Whether two values are the same to AWS. */
export function sameSetting(name: SettingName, a: unknown, b: unknown): boolean {
  return sameValue(a, b, SETTINGS[name].lists ?? 'ordered');
}

/** Some of the settings, by their names. */
export function pickSettings<Settings extends Partial<ObservedSettings>>(
  settings: Settings,
  names: readonly SettingName[],
): Partial<Settings> {
  return pick(settings, names as (SettingName & keyof Settings)[]);
}

/** Some of a plan's settings, by the names that they have in what was found. */
export function pickPlanned(
  settings: Partial<FunctionSettings>,
  names: readonly SettingName[],
): Partial<FunctionSettings> {
  return pick(
    settings,
    names.map((name) => SETTINGS[name].inPlan),
  );
}

/** What plans say of the settings that AWS changes together with the code. */
export type CodeSettings = Partial<Pick<FunctionSettings, PlannedWith<'UpdateFunctionCode'>>>;

/** The settings that AWS changes together with the code. */
export function codeSettings(settings: Partial<FunctionSettings>): CodeSettings {
  return pickPlanned(settings, changedWith('UpdateFunctionCode', SETTING_NAMES));
}

function pick<Settings extends object>(
  settings: Settings,
  names: readonly (keyof Settings)[],
): Partial<Settings> {
  const there = names.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(there.map((name) => [name, settings[name]])) as Partial<Settings>;
}

/** Which of some settings one request changes. */
export function changedWith(request: SettingRequest, names: readonly SettingName[]): SettingName[] {
  return names.filter((name) => SETTINGS[name].request === request);
}
