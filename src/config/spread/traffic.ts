import { groupBy, pairKey } from '../grouping.js';
import type { Path } from '../path.js';
import type { Draft } from '../written/draft.js';
import type { WrittenDeployment } from '../written/schema.js';
import { filledFor, reachOf, type SpreadEntries, type Spreading } from './entries.js';
import { LIST_PATHS, partKey } from './origins.js';
import { RANKS, type Match } from './targetNames.js';

export type Traffic = NonNullable<
  NonNullable<NonNullable<Draft<WrittenDeployment>['trafficManagement']>>[number]
>;

type Alias = NonNullable<Traffic['alias']>[number];

/** One alias at one target. */
interface AliasForTarget extends Match {
  target: string;
  alias: Alias;
  /** Of the entry that says so. */
  entry: Path;
  /** Of the alias in it. */
  path: Path;
}

/**
 * The aliases, one for each entry and target. What is more particular goes before, and a later entry
 * before an earlier one that is as particular.
 *
 * @param deployed - which functions are deployed where
 */
export function spreadTraffic(
  entries: readonly (Traffic | undefined)[],
  deployed: ReadonlySet<string>,
  spreading: Spreading,
): SpreadEntries<Traffic> {
  const spread: SpreadEntries<Traffic> = { entries: [], origins: [] };
  const all: AliasForTarget[] = [];
  for (const [index, traffic] of entries.entries()) {
    const path = [...LIST_PATHS.trafficManagement, index];
    const reach = isRead(traffic) ? reachOf(traffic, path, spreading) : undefined;
    if (traffic === undefined || reach === undefined) {
      spread.entries.push(traffic && { ...traffic, targets: undefined });
      spread.origins.push({ path });
      continue;
    }
    for (const { value, place } of reach.strangers) {
      spread.entries.push({ ...spreading.filling.unfilled(traffic), targets: [value] });
      spread.origins.push({ path, target: value, parts: targetPart(place.path) });
    }
    const asked = [...reach.matches].filter(([target]) => spreading.scopes.has(target));
    const filled = asked.map(([target, match]) => ({
      ...match,
      target,
      aliases: filledFor(traffic, path, target, spreading).alias ?? [],
    }));
    for (const at of traffic.alias?.keys() ?? []) {
      const ofAlias = filled.map(({ aliases, ...rest }): AliasForTarget => ({
        ...rest,
        alias: aliases[at],
        entry: path,
        path: [...path, 'alias', at],
      }));
      all.push(...meant(ofAlias, deployed));
    }
  }
  for (const group of groupBy(all, functionKey).values())
    for (const { target, alias, path, entry, item } of goingBefore(group)) {
      const parts = targetPart(item?.place.path ?? entry);
      parts.set(partKey(['alias', 0]), path);
      spread.entries.push({ targets: [target], alias: [alias] });
      spread.origins.push({ path: entry, target, parts });
    }
  return spread;
}

function isRead(traffic: Traffic | undefined): traffic is Traffic {
  return traffic?.alias !== undefined && !traffic.alias.includes(undefined);
}

function targetPart(path: Path): Map<string, Path> {
  return new Map([[partKey(['targets', 0]), path]]);
}

/** Where many targets are meant, those that deploy the function are; where none does, it is told. */
function meant(aliases: AliasForTarget[], deployed: ReadonlySet<string>): AliasForTarget[] {
  const used = aliases.filter((one) => one.rank === RANKS.named || deployed.has(functionKey(one)));
  return used.length > 0 ? used : aliases.slice(0, 1);
}

function functionKey({ target, alias }: AliasForTarget): string {
  return pairKey(target, alias?.functionName);
}

/** Of several that name the target, or that one entry has, all are left to be told. */
function goingBefore(aliases: readonly AliasForTarget[]): AliasForTarget[] {
  const rank = Math.max(...aliases.map((one) => one.rank));
  const best = aliases.filter((one) => one.rank === rank);
  const last = best.at(-1)?.entry;
  return rank === RANKS.named ? best : best.filter(({ entry }) => entry === last);
}
