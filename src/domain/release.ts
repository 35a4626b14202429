import type { Failure } from './failures.js';
import {
  isSplit,
  nothingChanges,
  servesLatest,
  type Changes,
  type FunctionSnapshot,
} from './functions.js';
import {
  isProvisionedAsPlanned,
  provisionedCourse,
  servedWithProvisioned,
  wantedProvisioned,
} from './provisioned.js';
import { SETTING_NAMES, SETTINGS, type SettingName } from './functionSettings.js';
import type { FunctionWide } from './functionWide.js';
import type { FunctionPlan, Step } from './plan.js';
import { changedWith, sameSetting } from './settingSelection.js';
import {
  differingWide,
  pickWide,
  WIDE,
  wideByDefault,
  wideChanges,
  wideOperations,
  type WideName,
  type WideOperation,
  type WideState,
} from './wideSettings.js';

/*
 * What follows from what a function is and what the plan says. A deployment goes by these rules,
 * and so does whoever wants to know beforehand what it would do.
 */

/** What was found of one function, beside what the plan says. */
export interface Comparison {
  snapshot: FunctionSnapshot;
  /** Against what serves the traffic. Absent: nothing does. */
  served?: Changes;
  /** Against `$LATEST`. Absent: there is no function. */
  latest?: Changes;
}

/** Whether there is nothing to be done to a function. */
export function isAsPlanned(
  comparison: Comparison,
  plan: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
): boolean {
  return servesAsPlanned(comparison, plan) && isProvisionedAsPlanned(comparison.snapshot, plan);
}

/** Whether the code and the settings that the plan names have all the traffic already. */
function servesAsPlanned(
  { snapshot, served }: Comparison,
  plan: Pick<FunctionPlan, 'alias'>,
): boolean {
  const split = snapshot.alias !== undefined && isSplit(snapshot.alias);
  const aliasMissing = plan.alias !== undefined && snapshot.alias === undefined;
  return served !== undefined && nothingChanges(served) && !split && !aliasMissing;
}

/** What has to be written of what is wanted, in requests of their own. */
export function wideToChange(
  { latest, wide }: Pick<FunctionSnapshot, 'latest' | 'wide'>,
  wanted: FunctionWide,
): WideName[] {
  const differing = differingWide(wide ?? wideByDefault(wanted), wanted);
  if (latest !== undefined) return differing;
  return differing.filter((name) => !WIDE[name].withCreation);
}

/**
 * The version that the alias serves already, where it needs nothing but another provisioned
 * concurrency: then none is published, and no traffic moves.
 */
export function keptVersion(
  comparison: Comparison,
  plan: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
): string | undefined {
  const { snapshot } = comparison;
  if (isPinnedFirst(snapshot) || isProvisionedAsPlanned(snapshot, plan)) return undefined;
  return servesAsPlanned(comparison, plan) ? snapshot.alias?.version : undefined;
}

/** Whether a version is published and gets the traffic: not for what no version of it has. */
export function isReleased(
  comparison: Comparison,
  plan: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
): boolean {
  return !isAsPlanned(comparison, plan) && keptVersion(comparison, plan) === undefined;
}

/**
 * Whether what is reserved for a function is written when everything else is done: AWS reserves no less
 * than its versions have as provisioned concurrency, and that is more as long as the old version has
 * its own.
 */
export function isReservedLast(
  comparison: Comparison,
  plan: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency' | 'functionWide'>,
): boolean {
  const reserved = plan.functionWide?.reservedConcurrency;
  if (typeof reserved !== 'number' || isAsPlanned(comparison, plan)) return false;
  const kept = keptVersion(comparison, plan);
  const { meanwhile, after } = provisionedCourse(comparison.snapshot, plan, kept);
  return after <= reserved && reserved < meanwhile;
}

/** What makes it impossible to split the alias's traffic, or undefined when it is possible. */
export function keepsFromSplitting(
  { alias, latest, served }: FunctionSnapshot,
  plan: FunctionPlan,
): string | undefined {
  if (alias === undefined || latest === undefined || served === undefined) return undefined;
  // What the plan does not name, the new version has as $LATEST has it.
  const ofNew = (name: SettingName): unknown =>
    plan.settings[SETTINGS[name].inPlan] ?? latest.settings[name];
  for (const name of SETTING_NAMES) {
    const what = SETTINGS[name].keepsFromSplitting;
    if (what !== null && !sameSetting(name, served.settings[name], ofNew(name))) return what;
  }
  return undefined;
}

/** A last step that gives the new version everything is what the promotion does anyway. */
export function stepsBeforePromotion(steps: readonly Step[]): readonly Step[] {
  const last = steps.at(-1);
  return last?.type === 'setWeight' && last.weight === 100 ? steps.slice(0, -1) : steps;
}

/** Whether the steps before the promotion split an alias's traffic. */
export function splitsTraffic(steps: readonly Step[]): boolean {
  return steps.some((step) => step.type === 'setWeight' && step.weight > 0);
}

/**
 * AWS refuses an alias over two versions that differ in these.
 *
 * @param what - from {@link keepsFromSplitting}
 */
export function splitImpossible(what: string, target: string, name: string): Failure {
  return {
    code: 'splitImpossible',
    message: `The ${what} of ${name} changes, and AWS does not split an alias's traffic between versions that differ in it.`,
    remedy: `Change the ${what} in a deployment of its own, with a strategy that goes to 100 at once.`,
    target,
    function: name,
  };
}

/** The settings that are changed on `$LATEST` in a request of their own. */
export function settingsToWrite({ settings }: Changes): SettingName[] {
  return changedWith('UpdateFunctionConfiguration', settings);
}

/** Whether code is sent to `$LATEST`: AWS changes some settings only with it. */
export function writesCode({ code, settings }: Changes): boolean {
  return code || changedWith('UpdateFunctionCode', settings).length > 0;
}

/** The calls to Lambda with which a deployment changes something. */
export type WriteOperation =
  | 'CreateFunction'
  | 'UpdateFunctionConfiguration'
  | 'UpdateFunctionCode'
  | 'PublishVersion'
  | 'PutProvisionedConcurrencyConfig'
  | 'CreateAlias'
  | 'UpdateAlias'
  | 'DeleteProvisionedConcurrencyConfig'
  | WideOperation;

/**
 * Whether an alias is pointed at a published version before anything else: what it serves is what
 * would be changed.
 */
export function isPinnedFirst({ alias }: FunctionSnapshot): boolean {
  return alias !== undefined && servesLatest(alias);
}

/** What of the whole function is to be written: of tags, those that change. */
export function wideToWrite(
  snapshot: Pick<FunctionSnapshot, 'latest' | 'wide'>,
  { functionWide = {} }: Pick<FunctionPlan, 'functionWide'>,
): WideState {
  return wideChanges(snapshot.wide ?? wideByDefault(functionWide), functionWide);
}

/** The calls that make a function what the plan says, each once, as they come. */
export function writesOf(comparison: Comparison, plan: FunctionPlan): WriteOperation[] {
  const { snapshot } = comparison;
  const names = wideToChange(snapshot, plan.functionWide ?? {});
  const wide = wideOperations(pickWide(wideToWrite(snapshot, plan), names));
  if (isAsPlanned(comparison, plan)) return wide;
  const last = wide.filter(
    (one) => one === 'PutFunctionConcurrency' && isReservedLast(comparison, plan),
  );
  const first = wide.filter((one) => !last.includes(one));
  const writes: WriteOperation[] = [...versionWrites(comparison, plan, first), ...last];
  return [...new Set(writes)];
}

/** @param wide - what comes between the new version and its provisioned concurrency */
function versionWrites(
  comparison: Comparison,
  plan: FunctionPlan,
  wide: readonly WideOperation[],
): WriteOperation[] {
  const { snapshot, latest } = comparison;
  const wanted = wantedProvisioned(snapshot, plan);
  const provides = wanted !== undefined && wanted > 0;
  if (keptVersion(comparison, plan) !== undefined) return [...wide, provides ? PROVIDES : TAKES];
  const alias = snapshot.alias === undefined ? 'CreateAlias' : 'UpdateAlias';
  return [
    ...(isPinnedFirst(snapshot) ? (['PublishVersion', 'UpdateAlias'] as const) : []),
    ...releaseOf(latest),
    ...wide,
    ...(provides ? ([PROVIDES] as const) : []),
    ...(plan.alias === undefined ? [] : ([alias] as const)),
    ...(servedWithProvisioned(snapshot).length > 0 ? ([TAKES] as const) : []),
  ];
}

const PROVIDES = 'PutProvisionedConcurrencyConfig';
const TAKES = 'DeleteProvisionedConcurrencyConfig';

/** What is there is published before it is changed. */
function releaseOf(latest: Changes | undefined): WriteOperation[] {
  if (latest === undefined) return ['CreateFunction', 'PublishVersion'];
  return [
    'PublishVersion',
    ...(settingsToWrite(latest).length > 0 ? ['UpdateFunctionConfiguration' as const] : []),
    ...(writesCode(latest) ? ['UpdateFunctionCode' as const] : []),
  ];
}
