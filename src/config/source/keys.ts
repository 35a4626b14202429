import { isMap, isScalar, type Node, type Pair } from 'yaml';
import { textFault, type TextFault, type TextRange } from './faults.js';
import { quoted } from '../quoted.js';

/** The text of a key as it is written, or undefined when it is not text. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.value === null ? undefined : key.source;
}

/** Whether a key merges another mapping into this one: `<<: *defaults`. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** How much text a value is, in characters. */
export function textLength(node: Node | null): number {
  return isScalar(node) && typeof node.value === 'string' ? node.value.length : 0;
}

export function nodeRange(node: Node | null | undefined, otherwise: TextRange): TextRange {
  if (node?.range == null) return otherwise;
  return { start: node.range[0], end: node.range[1] };
}

export function keyRange(pair: Pair<Node, Node | null>, otherwise: TextRange): TextRange {
  return nodeRange(pair.key, otherwise);
}

export function keyNotText(range: TextRange): TextFault {
  return textFault(
    'key-not-text',
    range,
    'A key must be text.',
    'Name the key; text that begins with { or [ stands in quotes.',
  );
}

/** The template that stands without quotes, so that YAML takes its braces for mappings. */
export function bareTemplate(node: Node | null): string | undefined {
  const inner = onlyKey(node);
  const name = isMap(inner) ? keyText(onlyKey(inner)) : undefined;
  return name === undefined ? undefined : `{{${name}}}`;
}

/** The key of a mapping in braces that has one, and no value for it. */
function onlyKey(node: unknown): unknown {
  if (!isMap<Node, Node | null>(node) || node.flow !== true || node.items.length !== 1) return;
  const [pair] = node.items;
  return pair?.value == null ? pair?.key : undefined;
}

export function templateNotQuoted(template: string, range: TextRange): TextFault {
  return textFault(
    'key-not-text',
    range,
    `Without quotes, the braces of ${quoted(template)} are a mapping to YAML.`,
    `Put it in quotes.`,
  );
}

export function duplicateKey(key: string, range: TextRange): TextFault {
  return textFault(
    'duplicate-key',
    range,
    `The key ${quoted(key)} stands twice in the same mapping.`,
    'Keep one of the two.',
  );
}

/** Plain data cannot hold this key safely, and whoever writes it into a file knows that. */
export function reservedKey(range: TextRange): TextFault {
  return textFault(
    'reserved-key',
    range,
    'The key "__proto__" cannot be used.',
    'Choose another name.',
  );
}

export function badMerge(range: TextRange): TextFault {
  return textFault(
    'bad-merge',
    range,
    'The key << takes a mapping, and this is none.',
    'Give it the alias of a mapping, such as *defaults.',
  );
}
