import type { Path, Place } from '../path.js';

/** Where an entry, made for one target, stands in the file. */
export interface Origin {
  /** Of the entry; of several that were merged, of the most particular one. */
  path: Path;
  /** The target that it was made for; absent for an entry that is as it was written. */
  target?: string;
  /**
   * Where parts of it stand that another entry gives, or that have another name there; by their
   * path within the entry, see {@link partKey}.
   */
  parts?: ReadonlyMap<string, Path>;
}

/** Lists whose entries are made for each target. */
export type SpreadList = 'artifacts' | 'lambda' | 'trafficManagement';

/** Where the lists are, in the file as in what is made of it. */
export const LIST_PATHS: Readonly<Record<SpreadList, Path>> = {
  artifacts: ['artifacts'],
  lambda: ['providerOptions', 'lambda'],
  trafficManagement: ['trafficManagement'],
};

/** What names a part of an entry. */
export function partKey(path: Path): string {
  return JSON.stringify(path);
}

/** Parts that are looked up are at most this many keys deep: `environment.LOG_LEVEL`. */
const DEEPEST_PART = 2;

/** Knows of every value that was made for a target where it stands in the file. */
export class Origins {
  /** @param lists - absent for a file that is as it was written */
  constructor(private readonly lists?: Readonly<Record<SpreadList, readonly Origin[]>>) {}

  /** The place in the file of a place in what was made of it. */
  inFile(place: Place): Place {
    const found = this.#find(place.path);
    return found === undefined ? place : { ...place, path: pathInFile(found) };
  }

  /** The target that a value was made for; undefined for one that is as it was written. */
  targetOf(path: Path): string | undefined {
    if (this.lists === undefined) return undefined;
    const [first, name] = path;
    if (first === 'targets') return typeof name === 'string' ? name : undefined;
    return this.#find(path)?.origin.target;
  }

  #find(path: Path): { origin: Origin; rest: Path } | undefined {
    for (const [list, start] of Object.entries(LIST_PATHS) as [SpreadList, Path][]) {
      const index = path[start.length];
      if (typeof index !== 'number' || start.some((key, depth) => path[depth] !== key)) continue;
      const origin = this.lists?.[list][index];
      return origin && { origin, rest: path.slice(start.length + 1) };
    }
    return undefined;
  }
}

function pathInFile({ origin, rest }: { origin: Origin; rest: Path }): Path {
  for (let depth = Math.min(DEEPEST_PART, rest.length); depth > 0; depth -= 1) {
    const part = origin.parts?.get(partKey(rest.slice(0, depth)));
    if (part !== undefined) return [...part, ...rest.slice(depth)];
  }
  return [...origin.path, ...rest];
}
