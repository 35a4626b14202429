import { anchorsOf } from './anchors.js';
import type { TextFault } from './faults.js';
import { isBlank, isDeployment, noDeployment } from './recognised.js';
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

export function readSource(source: string | Uint8Array, places: Places): SourceFile {
  const { text, fault } = decodeText(source);
  if (fault !== undefined) return { text, faults: [fault] };
  if (!isDeployment(text)) return { text, faults: [isBlank(text) ? emptyFile() : noDeployment()] };
  const parsed = parseYaml(text);
  if ('faults' in parsed) return { text, faults: parsed.faults };
  const reader = new TreeReader(anchorsOf(parsed.document), places);
  const tree = reader.read(parsed.document.contents, [], { start: 0, end: 0 });
  return { text, faults: reader.faults, ...(!reader.incomplete && { tree }) };
}
