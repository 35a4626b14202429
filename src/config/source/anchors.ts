import { visit, type Alias, type Document, type Node } from 'yaml';
import { quoted } from '../quoted.js';
import { textFault, type TextFault, type TextRange } from './faults.js';

/** What each alias stands for: the last value before it that carries its anchor. */
export type Anchors = ReadonlyMap<Alias, Node>;

/** Looked up once for the whole document, because the library searches it again for every alias. */
export function anchorsOf(document: Document.Parsed): Anchors {
  const byName = new Map<string, Node>();
  const anchors = new Map<Alias, Node>();
  visit(document, {
    Alias(_key, alias) {
      const node = byName.get(alias.source);
      if (node !== undefined) anchors.set(alias, node);
    },
    Value(_key, node) {
      if (node.anchor !== undefined) byName.set(node.anchor, node);
    },
  });
  return anchors;
}

export function unknownAnchor(name: string, range: TextRange): TextFault {
  return textFault(
    'unknown-anchor',
    range,
    `No anchor ${quoted(`&${name}`)} comes before this alias.`,
    'Set the anchor further up in the file, or put text that begins with * in quotes.',
  );
}
