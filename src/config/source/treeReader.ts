import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Path } from '../path.js';
import { unknownAnchor, type Anchors } from './anchors.js';
import { ambiguousText, otherReading } from './ambiguity.js';
import type { Budget } from './budget.js';
import type { TextFault, TextRange } from './faults.js';
import * as keys from './keys.js';
import type { Entry, Spot } from './tree.js';

/** What the reader has to know of the language. */
export interface Places {
  /** Whether what looks like a number is text here, to be taken as it is written. */
  isText: (path: Path) => boolean;
  /** Whether the file may hold here whatever it likes. */
  isFree: (path: Path) => boolean;
}

type Entries = Map<string | number, Entry>;

/** Writes a document's aliases and merges out, and keeps for every value where it was written. */
export class TreeReader {
  readonly faults: TextFault[] = [];
  /** Whether what was read is less than what the document says. */
  incomplete = false;
  #exhausted = false;

  /** @param budget - of all the files that are read together */
  constructor(
    private readonly anchors: Anchors,
    private readonly places: Places,
    private readonly budget: Budget,
  ) {}

  /** @param origin - where to look for a value that has no text of its own */
  read(node: Node | null, path: Path, origin: TextRange): Spot {
    const range = keys.nodeRange(node, origin);
    const refusal = this.#exhausted ? undefined : this.budget.enter(range, keys.textLength(node));
    if (refusal !== undefined) this.#exhaust(refusal);
    if (this.#exhausted) return { data: null, range };
    const spot = this.#spot(node, path, range);
    this.budget.leave();
    return spot;
  }

  #spot(node: Node | null, path: Path, range: TextRange): Spot {
    if (isAlias(node)) return this.#alias(node, path, range);
    const template = keys.bareTemplate(node);
    if (template !== undefined && this.places.isText(path)) {
      this.faults.push(keys.templateNotQuoted(template, range));
      return { data: template, range };
    }
    if (isMap<Node, Node | null>(node)) return this.#mapping(node, path, range);
    if (isSeq<Node>(node)) return this.#list(node, path, range);
    return { data: isScalar(node) ? this.#scalar(node, path, range) : null, range };
  }

  #scalar(node: Scalar, path: Path, range: TextRange): unknown {
    if (node.value === null || !this.places.isText(path)) return node.value;
    const reading = otherReading(node);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (reading !== undefined) this.faults.push(ambiguousText(text, reading, range));
    return text;
  }

  #alias(alias: Alias, path: Path, range: TextRange): Spot {
    const node = this.anchors.get(alias);
    if (node !== undefined) return this.read(node, path, range);
    this.#fail(unknownAnchor(alias.source, range));
    return { data: null, range };
  }

  #list(node: YAMLSeq<Node>, path: Path, range: TextRange): Spot {
    const spots = node.items.map((item, index) => this.read(item, [...path, index], range));
    const entries = new Map(spots.map((spot, index) => [index, { spot }]));
    return { data: spots.map((spot) => spot.data), range, entries };
  }

  #mapping(node: YAMLMap<Node, Node | null>, path: Path, range: TextRange): Spot {
    const entries: Entries = new Map();
    const own = node.items.filter((pair) => !keys.isMergeKey(pair.key));
    for (const pair of own) this.#entry(pair, path, range, entries);
    for (const pair of node.items)
      if (keys.isMergeKey(pair.key)) this.#merge(pair.value, path, range, entries);
    const data = Object.fromEntries([...entries].map(([key, { spot }]) => [key, spot.data]));
    return { data, range, entries };
  }

  #entry(pair: Pair<Node, Node | null>, path: Path, range: TextRange, entries: Entries): void {
    const key = keys.keyRange(pair, range);
    const name = keys.keyText(pair.key);
    const reading = isScalar(pair.key) ? otherReading(pair.key) : undefined;
    if (reading !== undefined) this.faults.push(ambiguousText(name ?? '', reading, key));
    if (name === undefined) this.faults.push(keys.keyNotText(key));
    else if (name === '__proto__') this.faults.push(keys.reservedKey(key));
    else if (entries.has(name)) this.faults.push(keys.duplicateKey(name, key));
    else if (!this.places.isFree([...path, name]))
      entries.set(name, { key, spot: this.read(pair.value, [...path, name], key) });
  }

  #merge(node: Node | null, path: Path, range: TextRange, entries: Entries): void {
    const source = this.#resolved(node);
    const items = isSeq<Node>(source) ? source.items : [node];
    for (const item of items) this.#mergeOne(item, path, range, entries);
  }

  /** What a mapping says itself goes before what it merges, and the first merged before the next. */
  #mergeOne(node: Node | null, path: Path, range: TextRange, entries: Entries): void {
    const source = this.#resolved(node);
    if (isAlias(source)) {
      this.#fail(unknownAnchor(source.source, keys.nodeRange(source, range)));
      return;
    }
    if (!isMap(source)) {
      this.#fail(keys.badMerge(keys.nodeRange(node, range)));
      return;
    }
    for (const [key, entry] of this.read(source, path, range).entries ?? [])
      if (!entries.has(key)) entries.set(key, entry);
  }

  #resolved(node: Node | null): Node | null {
    return isAlias(node) ? (this.anchors.get(node) ?? node) : node;
  }

  /** Once is enough: what follows would only be more of the same. */
  #exhaust(refusal: TextFault): void {
    this.#exhausted = true;
    this.#fail(refusal);
  }

  #fail(fault: TextFault): void {
    this.faults.push(fault);
    this.incomplete = true;
  }
}
