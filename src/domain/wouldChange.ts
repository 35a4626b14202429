import { defined } from './defined.js';
import type { ObservedSettings, SettingName } from './functionSettings.js';
import type { VersionState } from './functions.js';
import { packageUri, type PinnedPackage } from './packages.js';
import type { FunctionPlan, Step } from './plan.js';
import type {
  AliasPreflight,
  CodeChange,
  EnvironmentChange,
  FunctionChange,
  FunctionPreflight,
  ProvisionedChange,
  ProvisionedNeed,
  SettingChange,
  WideChange,
} from './preflight.js';
import { provisionedBefore, provisionedCourse, wantedProvisioned } from './provisioned.js';
import {
  isAsPlanned,
  isPinnedFirst,
  isReleased,
  isReservedLast,
  keptVersion,
  stepsBeforePromotion,
  wideToWrite,
  writesOf,
  type Comparison,
} from './release.js';
import { alongside, WIDE_NAMES } from './wideSettings.js';

/** A function as it was found, with what the plan wants in the form in which it is observed. */
export interface FoundFunction extends Comparison {
  wanted: Partial<ObservedSettings>;
}

/**
 * What a deployment would change at a function.
 *
 * @param pinned - absent where the package cannot be read
 * @param steps - of the target's strategy
 */
export function wouldChange(
  found: FoundFunction,
  plan: FunctionPlan,
  pinned: PinnedPackage | undefined,
  steps: readonly Step[],
): FunctionPreflight {
  const { alias: present, served } = found.snapshot;
  const serving = present === undefined ? found.snapshot.latest : served;
  const change = changeOf(found, plan, pinned);
  const code = codeChange(found, plan, pinned, serving);
  const environment = environmentChange(found, serving?.settings);
  const wide = wideChangesOf(found, plan);
  return {
    name: plan.name,
    change,
    ...(present !== undefined && { servedVersion: present.version }),
    ...defined({ code }),
    ...(pinned !== undefined && {
      package: { uri: packageUri(pinned), codeSha256: pinned.codeSha256 },
    }),
    settings: settingChanges(found, serving?.settings),
    ...defined({ environment }),
    ...defined({ functionWide: wide }),
    ...(plan.alias !== undefined && { alias: aliasOf(plan, plan.alias, found, steps) }),
    ...defined({ provisionedConcurrency: provisionedChange(found, plan) }),
    writes: writesOf(found, plan),
    problems: [],
    warnings: [],
  };
}

function changeOf(
  found: FoundFunction,
  plan: FunctionPlan,
  pinned: PinnedPackage | undefined,
): FunctionChange {
  if (pinned === undefined) return 'unknown';
  if (found.snapshot.latest === undefined) return 'create';
  const isUnchanged = isAsPlanned(found, plan) && wideChangesOf(found, plan) === undefined;
  return isUnchanged ? 'unchanged' : 'change';
}

/** Of tags, those that change. */
function wideChangesOf({ snapshot }: FoundFunction, plan: FunctionPlan): WideChange[] | undefined {
  const { wide } = snapshot;
  const after = wideToWrite(snapshot, plan);
  const names = WIDE_NAMES.filter((name) => after[name] !== undefined);
  if (names.length === 0) return undefined;
  return names.map((name) => ({
    name,
    ...(wide !== undefined && { before: alongside(name, wide[name], after[name]) }),
    after: after[name],
  }));
}

function codeChange(
  { served }: FoundFunction,
  plan: FunctionPlan,
  pinned: PinnedPackage | undefined,
  serving: Pick<VersionState, 'codeSha256'> | undefined,
): CodeChange | undefined {
  if (served?.code === false) return undefined;
  return {
    ...(serving !== undefined && { before: serving.codeSha256 }),
    ...(pinned !== undefined && { after: pinned.codeSha256 }),
    package: packageUri(pinned ?? plan.package),
  };
}

/** Of a function that does not exist yet, everything that the plan names. */
function changedSettings({ served, wanted }: FoundFunction): SettingName[] {
  return served?.settings ?? (Object.keys(wanted) as SettingName[]);
}

function settingChanges(
  found: FoundFunction,
  before: ObservedSettings | undefined,
): SettingChange[] {
  return changedSettings(found)
    .filter((name) => name !== 'environmentHashes')
    .map((name) => ({
      name,
      ...(before !== undefined && { before: before[name] }),
      after: found.wanted[name],
    }));
}

function environmentChange(
  found: FoundFunction,
  settings: ObservedSettings | undefined,
): EnvironmentChange | undefined {
  const after = found.wanted.environmentHashes;
  if (after === undefined || !changedSettings(found).includes('environmentHashes')) {
    return undefined;
  }
  const before = settings?.environmentHashes ?? {};
  return {
    added: Object.keys(after).filter((name) => !Object.hasOwn(before, name)),
    removed: Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
    changed: Object.keys(after).filter(
      (name) => Object.hasOwn(before, name) && before[name] !== after[name],
    ),
  };
}

/** Nothing is said of what stays as it is. */
function provisionedChange(
  found: FoundFunction,
  plan: FunctionPlan,
): ProvisionedChange | undefined {
  const { snapshot } = found;
  const after = wantedProvisioned(snapshot, plan);
  if (after === undefined || isAsPlanned(found, plan)) return undefined;
  const before = provisionedBefore(snapshot, snapshot.alias?.version ?? '');
  if (before === 0 && after === 0) return undefined;
  const isKept = keptVersion(found, plan) !== undefined;
  return { before, after, meanwhile: isKept ? Math.max(before, after) : before + after };
}

/** What a deployment needs for what it would change; undefined where it needs nothing more. */
export function provisionedNeed(
  found: FoundFunction,
  plan: FunctionPlan,
  change: ProvisionedChange | undefined,
): ProvisionedNeed | undefined {
  if (change === undefined) return undefined;
  const { now, meanwhile } = provisionedCourse(found.snapshot, plan, keptVersion(found, plan));
  if (meanwhile <= now) return undefined;
  return { more: meanwhile - now, together: meanwhile, ...reservedBy(found, plan) };
}

/** What is reserved by then, where the plan changes it first. */
function reservedBy(found: FoundFunction, plan: FunctionPlan): Pick<ProvisionedNeed, 'reserved'> {
  const reserved = wideToWrite(found.snapshot, plan).reservedConcurrency;
  return isReservedLast(found, plan) ? {} : defined({ reserved });
}

function aliasOf(
  plan: FunctionPlan,
  name: string,
  found: FoundFunction,
  steps: readonly Step[],
): AliasPreflight {
  const { snapshot } = found;
  const { alias } = snapshot;
  const created = alias === undefined;
  const isMoved = isReleased(found, plan);
  const pinnedFirst = isMoved && isPinnedFirst(snapshot);
  return {
    name,
    created,
    ...(alias !== undefined && { before: { version: alias.version, weights: alias.weights } }),
    ...(pinnedFirst && { pinnedFirst }),
    weights: isMoved ? [...(created ? [] : shares(steps)), 100] : [],
  };
}

/** What the strategy gives the new version on the way to its promotion. */
function shares(steps: readonly Step[]): number[] {
  return stepsBeforePromotion(steps).flatMap((step) =>
    step.type === 'setWeight' ? [step.weight] : [],
  );
}
