import { join, dirname, posix } from 'node:path';
import { Budget } from '../source/budget.js';
import { readSource, type SourceFile } from '../source/readSource.js';
import { MAX_FILE_BYTES } from '../source/text.js';
import type { Entry, Spot } from '../source/tree.js';
import { places } from '../written/places.js';
import { entriesOf, otherLanguage, withoutInclude } from './entries.js';
import type { IncludeEntry } from './entry.js';
import { atEntry, circle, MAX_INCLUDED, noSuchPath, tooLargeTogether, tooMany } from './faults.js';
import { merged } from './merge.js';
import { noPath, pathFrom } from './names.js';
import { type DeploymentTexts, type IncludedText, isUnread, sizeOf, type Unread } from './texts.js';

/** A file that is needed to go on. */
export interface Wanted {
  /** From the folder of the deployment file. */
  path: string;
  /** More bytes than this are too many. */
  most: number;
}

/** The file that a deployment consists of, or one of them. */
export interface NamedSource extends SourceFile {
  /** As messages call it; absent for the deployment file itself. */
  file?: string;
}

export interface SourceSet {
  /** The deployment file first, and the others in the order in which they are included. */
  files: NamedSource[];
  /** All of them as one; absent when something is missing, so that nothing can be said of it. */
  tree?: Spot;
}

type Walk<Result> = Generator<Wanted, Result, IncludedText>;

/**
 * Reads a deployment file and what it includes. It asks for the text of one file after the other,
 * wherever they come from, and for each file once.
 */
export function readIncluding({ text, ...place }: DeploymentTexts): Walk<SourceSet> {
  return new Reader(place).all(text);
}

class Reader {
  readonly #files: NamedSource[] = [];
  /** What they say, those that are included before those that include them. */
  readonly #layers: Entry[] = [];
  readonly #budget = new Budget();
  readonly #asked = new Set<string>();
  #bytesLeft = MAX_FILE_BYTES;
  #isComplete = true;
  /** Whether there is too much, so that nothing more is read. */
  #isFull = false;
  readonly #name: string;
  readonly #folder: string | undefined;

  constructor({ name = 'deployment', folder }: Pick<DeploymentTexts, 'name' | 'folder'>) {
    this.#name = name;
    this.#folder = folder;
  }

  *all(text: string | Uint8Array): Walk<SourceSet> {
    yield* this.#file(text, [posix.basename(this.#name)]);
    if (!this.#isComplete) return { files: this.#files };
    return { files: this.#files, tree: merged(this.#layers).spot };
  }

  /** @param chain - the paths of the files that lead to it, its own at the end */
  *#file(text: string | Uint8Array, chain: readonly string[]): Walk<void> {
    const isIncluded = chain.length > 1;
    const source = readSource(text, places, { budget: this.#budget, isIncluded });
    const own = isIncluded ? { file: this.#shown(chain.at(-1) ?? '') } : {};
    const file = { ...source, ...own };
    this.#files.push(file);
    this.#bytesLeft -= sizeOf(text);
    if (file.tree === undefined) return this.#isNotWhole();
    const { entries, faults } = entriesOf(file.tree);
    file.faults.push(...faults, ...(isIncluded ? otherLanguage(file.tree) : []));
    if (faults.length > 0) this.#isNotWhole();
    for (const entry of entries) yield* this.#entry(entry, file, chain);
    this.#layers.push({ spot: withoutInclude(file.tree), ...own });
  }

  *#entry(entry: IncludeEntry, file: SourceFile, chain: readonly string[]): Walk<void> {
    if (this.#isFull) return;
    const path = this.#pathOf(entry, chain);
    if (typeof path !== 'string') return this.#refuse(entry, file, path);
    if (this.#asked.has(path)) return;
    const text = yield* this.#textOf(path);
    if (isUnread(text)) return this.#refuse(entry, file, text);
    yield* this.#file(text, [...chain, path]);
  }

  #pathOf(entry: IncludeEntry, chain: readonly string[]): string | Unread {
    const wrong = noPath(entry.text);
    if (wrong !== undefined) return noSuchPath(entry, wrong);
    const path = pathFrom(chain.at(-1) ?? '', entry.text, this.#folder);
    const start = chain.indexOf(path);
    return start < 0 ? path : circle([...chain.slice(start), path].map(this.#shown, this));
  }

  *#textOf(path: string): Walk<IncludedText> {
    if (this.#asked.size === MAX_INCLUDED) return this.#enough(tooMany());
    this.#asked.add(path);
    const text = yield { path, most: this.#bytesLeft };
    if (isUnread(text) || sizeOf(text) <= this.#bytesLeft) return text;
    return this.#enough(tooLargeTogether());
  }

  #enough(why: Unread): Unread {
    this.#isFull = true;
    return why;
  }

  #refuse(entry: IncludeEntry, { faults }: SourceFile, why: Unread): void {
    faults.push(atEntry(entry, why));
    this.#isNotWhole();
  }

  #isNotWhole(): void {
    this.#isComplete = false;
  }

  /** A path from the folder of the deployment file as messages have it. */
  #shown(path: string): string {
    return join(dirname(this.#name), path);
  }
}
