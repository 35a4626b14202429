import { isMap, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, YAMLError } from 'yaml';
import type { z } from 'zod';
import { settingsSchema, type WrittenSettings } from './schema.js';
import { SluiceError } from '../errors.js';

/**
 * The settings that a text holds.
 *
 * @param name - the file's name, for messages
 * @throws SluiceError `invalidSettings`, which names the place and never quotes the text: it may
 *   hold secrets
 */
export function parseSettings(text: string, name: string): WrittenSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken) throw invalid([`${place(broken.pos[0])}: this is not valid YAML (${words(broken)})`]);
  keepLeadingZeros(document);
  const parsed = settingsSchema.safeParse(valueOf(document, name));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map((issue) => `${place(offsetOf(document, issue))}: ${sentence(issue)}`),
  );
}

/** An empty file would allow every role: most likely it has lost what it should say. */
function valueOf(document: Document, name: string): unknown {
  let value: unknown;
  try {
    value = document.toJS();
  } catch {
    throw invalid([`${name}: an alias (*name) in it has no anchor (&name)`]);
  }
  if (value === null || value === undefined)
    throw invalid([`${name}: the file is empty. ${HOW_TO_MEND}`]);
  return value;
}

const HOW_TO_MEND =
  'Write the settings into it, or do not set SLUICE_SETTINGS: then every role is allowed';

function invalid(problems: string[]): SluiceError {
  return new SluiceError('invalidSettings', problems.map((problem) => `${problem}.`).join('\n'));
}

/** `BAD_INDENT` as `bad indent`. The error's own message may quote the text. */
function words(error: YAMLError): string {
  return error.code.toLowerCase().replaceAll('_', ' ');
}

/** An account id without quotes is a number to YAML: what counts is how it is written. */
function keepLeadingZeros(document: Document): void {
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value === 'number') key.value = key.source ?? key.value;
    },
  });
}

function sentence(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  const nested = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  return `${where} ${nested ?? issue.message}`;
}

/** Where the problem stands in the text: at an unknown key, else at the value or its next owner. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return keyOffset(document, path, issue.keys[0] ?? '');
  }
  if (issue.code === 'invalid_key') {
    return keyOffset(document, path.slice(0, -1), String(path.at(-1)));
  }
  return valueOffset(document, path);
}

function keyOffset(document: Document, path: readonly PathPart[], name: string): number {
  const owner = nodeAt(document, path);
  const pair = isMap(owner)
    ? owner.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === name)
    : undefined;
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : valueOffset(document, path);
}

type PathPart = string | number;

function valueOffset(document: Document, path: readonly PathPart[]): number {
  const node = nodeAt(document, path);
  if (node?.range) return node.range[0];
  return path.length === 0 ? 0 : valueOffset(document, path.slice(0, -1));
}

function nodeAt(document: Document, path: readonly PathPart[]): Node | undefined {
  return (document.getIn(path, true) ?? undefined) as Node | undefined;
}
