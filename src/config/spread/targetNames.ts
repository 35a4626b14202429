import { normalName } from '../../domain/naming.js';
import type { Said } from '../rules/facts.js';
import type { Budget } from './budget.js';

/** How particular an entry of a list is about a target: what is more so goes before. */
export const RANKS = { allTargets: 0, pattern: 1, named: 2 } as const;

/** A target that an entry is for. */
export interface Match {
  /** One of {@link RANKS}. */
  rank: number;
  /** The item that says so; absent where the entry names no targets, and so is for all. */
  item?: Said<string>;
}

/** The targets that an entry of a list is for. */
export interface Reach {
  /** By name, in the order in which they are found. */
  matches: ReadonlyMap<string, Match>;
  /** What it names that is no target. */
  strangers: readonly Said<string>[];
}

/** Stands in the name of a target for any characters, also none. */
const ANY = '*';

/** Finds the targets that entries are for. */
export class TargetNames {
  readonly #known: ReadonlySet<string>;

  /** @param names - of all targets, in the order of the file */
  constructor(
    private readonly names: readonly string[],
    private readonly budget: Budget,
  ) {
    this.#known = new Set(names);
  }

  /** @param items - names and patterns; undefined for an entry that is for all targets */
  reach(items: readonly Said<string>[] | undefined): Reach {
    const matches = new Map<string, Match>();
    if (items === undefined) {
      for (const name of this.names) matches.set(name, { rank: RANKS.allTargets });
      return { matches, strangers: [] };
    }
    const strangers: Said<string>[] = [];
    for (const item of items) {
      const { names, rank } = this.#named(item.value);
      if (names.length === 0) strangers.push(item);
      for (const name of names)
        if ((matches.get(name)?.rank ?? -1) < rank) matches.set(name, { rank, item });
    }
    return { matches, strangers };
  }

  /** A name that has an asterisk of its own is a name first. */
  #named(text: string): { names: readonly string[]; rank: number } {
    const item = normalName(text);
    if (this.#known.has(item)) return { names: [item], rank: RANKS.named };
    if (!isPattern(item)) return { names: [], rank: RANKS.named };
    this.budget.spendMatches(this.names.length);
    if (item === ANY) return { names: this.names, rank: RANKS.allTargets };
    return { names: this.names.filter(matcher(item)), rank: RANKS.pattern };
  }
}

/** Whether a text in place of a target's name may stand for several. */
export function isPattern(text: string): boolean {
  return text.includes(ANY);
}

/** Each part between asterisks is looked for once, from where the one before it ended. */
function matcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split(ANY);
  const last = rest.pop() ?? '';
  return (name) => {
    if (name.length < first.length + last.length) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    const end = name.length - last.length;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}
