import { Composer, isNode, Parser, visit, type CST, type Document } from 'yaml';
import { depthFault, MAX_DEPTH } from './depth.js';
import { textFault, type TextFault } from './faults.js';
import { explicitTag, syntaxFaults } from './syntax.js';

/** The one document of a text, or why there is none. */
export type ParsedYaml = { document: Document.Parsed } | { faults: TextFault[] };

export function parseYaml(text: string): ParsedYaml {
  const tokens = [...new Parser().parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined) return { faults: [deep] };
  // Unique keys are checked with the tree: the library compares each key with every other.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, true, text.length)];
  const faults = syntaxFaults(documents, text);
  const notOurs = faults.length > 0 ? faults : otherYaml(documents);
  if (notOurs.length > 0) return { faults: notOurs };
  return onlyDocument(documents);
}

function onlyDocument(documents: Document.Parsed[]): ParsedYaml {
  const [first, second] = documents.filter(hasContent);
  if (first === undefined) return { faults: [emptyFile()] };
  if (second === undefined) return { document: first };
  return { faults: [severalDocuments(second)] };
}

/** What YAML has and a deployment file has not: with a tag or another version, values change. */
function otherYaml(documents: readonly Document.Parsed[]): TextFault[] {
  const faults: TextFault[] = [];
  for (const document of documents) {
    const { version, explicit } = document.directives.yaml;
    if (explicit === true && version !== '1.2') faults.push(otherVersion(version));
    visit(document, (_key, node) => {
      if (isNode(node) && node.tag !== undefined) faults.push(explicitTag(node));
    });
  }
  return faults;
}

function otherVersion(version: string): TextFault {
  return textFault(
    'yaml-syntax',
    { start: 0, end: 0 },
    `The file says that it is YAML ${version}, and a deployment file is YAML 1.2.`,
    'Remove the line that begins with %YAML.',
  );
}

function hasContent({ contents }: Document.Parsed): boolean {
  return contents !== null && contents.range[1] > contents.range[0];
}

export function emptyFile(): TextFault {
  return textFault(
    'empty-file',
    { start: 0, end: 0 },
    'The file contains no deployment.',
    'Begin with "version: v1" and "kind: lambda".',
  );
}

function severalDocuments(second: Document.Parsed): TextFault {
  const [start = 0] = second.contents?.range ?? [];
  return textFault(
    'several-documents',
    { start, end: start + 1 },
    'A second document begins here, and a deployment file has one.',
    'Move it to a file of its own, or remove the line --- above it.',
  );
}

/** Counts the levels before the library composes them, because it does so by recursion. */
function tooDeep(tokens: CST.Token[]): TextFault | undefined {
  let level = tokens;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++)
    level = level.flatMap(childrenOf);
  const [first] = level;
  if (first === undefined) return undefined;
  return depthFault({ start: first.offset, end: first.offset + 1 });
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child != null));
}
