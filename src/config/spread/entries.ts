import type { Path } from '../path.js';
import { said, saidItems, type Said } from '../rules/facts.js';
import type { Budget } from './budget.js';
import type { Filling } from './filling.js';
import type { Origin } from './origins.js';
import type { Scope } from './scope.js';
import type { Reach, TargetNames } from './targetNames.js';

/** What the entries of a list need to become entries for targets. */
export interface Spreading {
  filling: Filling;
  budget: Budget;
  names: TargetNames;
  /** For what chooses targets. */
  scopeOfFile: Scope;
  /** By the name of each target that is asked for; the others have none. */
  scopes: ReadonlyMap<string, Scope>;
}

/** Entries as they are for their targets, each with where it stands in the file. */
export interface SpreadEntries<Entry> {
  entries: (Entry | undefined)[];
  origins: Origin[];
}

/** An entry that says which targets it is for. */
interface Addressed {
  target?: string | undefined;
  targets?: (string | undefined)[] | undefined;
}

/** @returns undefined where what it says of targets could not be read */
export function reachOf(entry: Addressed, path: Path, spreading: Spreading): Reach | undefined {
  if (isUnreadable(entry)) return undefined;
  const { filling, names, scopeOfFile } = spreading;
  const { target, targets } = filling.filled(
    { target: entry.target, targets: entry.targets },
    path,
    scopeOfFile,
  );
  const items: Said<string>[] = [
    ...(target === undefined ? [] : [said(target, [...path, 'target'])]),
    ...saidItems(targets, [...path, 'targets']),
  ];
  return names.reach('target' in entry || 'targets' in entry ? items : undefined);
}

function isUnreadable(entry: Addressed): boolean {
  const { target, targets } = entry;
  if ('target' in entry && target === undefined) return true;
  return 'targets' in entry && (targets === undefined || targets.includes(undefined));
}

/** An entry for one target, filled in. */
export function filledFor<Entry extends object>(
  entry: Entry,
  path: Path,
  target: string,
  { filling, budget, scopes }: Spreading,
): Entry {
  budget.spend(entry);
  const scope = scopes.get(target);
  return scope === undefined ? entry : filling.filled(entry, path, scope);
}
