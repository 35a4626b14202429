import { anchorsOf } from './anchors.js';
import type { Budget } from './budget.js';
import type { TextFault } from './faults.js';
import { isBlank, isDeployment, isPart, noDeployment, noPart } from './recognised.js';
import { decodeText } from './text.js';
import type { Spot } from './tree.js';
import { TreeReader, type Places } from './treeReader.js';
import { emptyFile, parseYaml } from './yaml.js';

/** A file as text and as a tree of values with their positions. */
export interface SourceFile {
  text: string;
  /** Absent when the file is too broken to say what is in it. */
  tree?: Spot;
  faults: TextFault[];
}

export interface Reading {
  /** What may be read of all files together. */
  budget: Budget;
  /** Whether it is included by another file. */
  isIncluded: boolean;
}

export function readSource(
  source: string | Uint8Array,
  places: Places,
  { budget, isIncluded }: Reading,
): SourceFile {
  const { text, fault } = decodeText(source);
  if (fault !== undefined) return { text, faults: [fault] };
  const strange = unrecognised(text, isIncluded);
  if (strange !== undefined) return { text, faults: [strange] };
  const parsed = parseYaml(text);
  if ('faults' in parsed) return { text, faults: parsed.faults };
  const reader = new TreeReader(anchorsOf(parsed.document), places, budget);
  const tree = reader.read(parsed.document.contents, [], { start: 0, end: 0 });
  return { text, faults: reader.faults, ...(!reader.incomplete && { tree }) };
}

function unrecognised(text: string, isIncluded: boolean): TextFault | undefined {
  if (isIncluded ? isPart(text) : isDeployment(text)) return undefined;
  if (isBlank(text)) return emptyFile();
  return isIncluded ? noPart() : noDeployment(isPart(text));
}
