import type { Failure } from './failures.js';
import {
  isSplit,
  nothingChanges,
  servesLatest,
  type Changes,
  type FunctionSnapshot,
} from './functions.js';
import { isProvisionedAsPlanned, servedWithProvisioned, wantedProvisioned } from './provisioned.js';
import { SETTING_NAMES, SETTINGS, type SettingName } from './functionSettings.js';
import type { FunctionPlan, Step } from './plan.js';
import { changedWith, sameSetting } from './settingSelection.js';

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

/** What makes it impossible to split the alias's traffic, or undefined when it is possible. */
export function keepsFromSplitting(
  { alias, latest, served }: FunctionSnapshot,
  plan: FunctionPlan,
): string | undefined {
  if (alias === undefined || latest === undefined || served === undefined) return undefined;
  // What the plan does not name, the new version has as $LATEST has it.
  const ofNew = (name: SettingName): unknown => {
    const { inPlan } = SETTINGS[name];
    return (inPlan === null ? undefined : plan.settings[inPlan]) ?? latest.settings[name];
  };
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
  | 'DeleteProvisionedConcurrencyConfig';

/**
 * Whether an alias is pointed at a published version before anything else: what it serves is what
 * would be changed.
 */
export function isPinnedFirst({ alias }: FunctionSnapshot): boolean {
  return alias !== undefined && servesLatest(alias);
}

/** The calls that release and promote a function that is not as planned, each once, as they come. */
export function writesOf(comparison: Comparison, plan: FunctionPlan): WriteOperation[] {
  const { snapshot, latest } = comparison;
  const wanted = wantedProvisioned(snapshot, plan);
  const provides = wanted !== undefined && wanted > 0;
  if (keptVersion(comparison, plan) !== undefined) return [provides ? PROVIDES : TAKES];
  const alias = snapshot.alias === undefined ? 'CreateAlias' : 'UpdateAlias';
  const writes: WriteOperation[] = [
    ...(isPinnedFirst(snapshot) ? (['PublishVersion', 'UpdateAlias'] as const) : []),
    ...releaseOf(latest),
    ...(provides ? ([PROVIDES] as const) : []),
    ...(plan.alias === undefined ? [] : ([alias] as const)),
    ...(servedWithProvisioned(snapshot).length > 0 ? ([TAKES] as const) : []),
  ];
  return [...new Set(writes)];
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
