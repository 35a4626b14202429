import { isScalar, visit } from 'yaml';
import type { Document, ErrorCode, Node, YAMLError } from 'yaml';
import { textFault, type TextFault } from './faults.js';

const LONGEST_MESSAGE = 200;

/** What is wrong, and how to mend it, in words that know nothing of the library's grammar. */
type SyntaxWords = readonly [message: string, remedy: string];

const LOST: SyntaxWords = [
  'This line is neither a key with a value nor a part of the line above it.',
  'Check the indentation, that every key is followed by a colon and a space, and that text which contains ": " stands in quotes.',
];

const TAG: SyntaxWords = [
  'Text that begins with ! is a tag, and a deployment file has none.',
  'Remove the tag, or put the text in quotes.',
];

const WORDS: Partial<Record<ErrorCode, SyntaxWords>> = {
  TAB_AS_INDENT: ['The line is indented with a tab.', 'Indent with spaces.'],
  BAD_INDENT: [
    'The indentation does not fit the lines above.',
    'Give the keys of one block the same indentation, and what belongs to a key more than the key has.',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'A second key stands in this line, or the line does not line up with those above.',
    LOST[1],
  ],
  MULTILINE_IMPLICIT_KEY: LOST,
  TAG_RESOLVE_FAILED: TAG,
  UNEXPECTED_TOKEN: [
    'Something stands here that cannot follow what is before it in this line.',
    'Put the whole text in quotes, or begin what comes here in a line of its own.',
  ],
  BAD_SCALAR_START: [
    'Text without quotes cannot begin with this character.',
    'Put the text in quotes.',
  ],
};

const TEMPLATE: SyntaxWords = [
  'Text that begins with {{ has to stand in quotes, because a brace begins a mapping in YAML.',
  'Put the whole text in quotes.',
];

const NOT_CLOSED: SyntaxWords = [
  'A bracket or brace that was opened further up is not closed.',
  'Close it: [ with ], and { with }.',
];

const QUOTE_NOT_CLOSED: SyntaxWords = [
  'The quote that begins here is not closed.',
  'Put the same quote at the end of the text.',
];

const OTHERWISE = 'Correct the YAML here, or put the text in quotes.';

/**
 * What the YAML library found: the first thing of each line, and of lines that follow each other
 * with the same thing the first, for the rest only echoes it.
 */
export function syntaxFaults(documents: readonly Document.Parsed[], text: string): TextFault[] {
  const errors = documents
    .flatMap((document) => [...document.errors, ...document.warnings])
    .sort((a, b) => a.pos[0] - b.pos[0]);
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  const faults: TextFault[] = [];
  let echoEnd = -1;
  let told: ErrorCode | undefined;
  // After a tab, nothing lines up any more.
  for (const error of tabs.length > 0 ? tabs : errors) {
    const [start] = error.pos;
    const isNextLine = start <= lineEnd(text, echoEnd + 1);
    if (start > echoEnd && !(error.code === told && isNextLine)) {
      faults.push(syntaxFault(error, documents, text));
      told = error.code;
    }
    echoEnd = lineEnd(text, start);
  }
  return faults;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function syntaxFault(
  error: YAMLError,
  documents: readonly Document.Parsed[],
  text: string,
): TextFault {
  const { code, pos, message } = error;
  const quote = /Missing closing .quote/.test(message) ? openQuote(documents) : undefined;
  if (quote !== undefined)
    return textFault('yaml-syntax', { start: quote, end: quote + 1 }, ...QUOTE_NOT_CLOSED);
  const words = isAfterTemplate(text, pos[0]) ? TEMPLATE : isOpen(error) ? NOT_CLOSED : WORDS[code];
  return textFault(
    code === 'TAB_AS_INDENT' ? 'tab-indentation' : 'yaml-syntax',
    { start: pos[0], end: pos[1] },
    ...(words ?? ([asSentence(message), OTHERWISE] as const)),
  );
}

/** The library's message as a sentence; it may repeat as much of the file as it likes. */
function asSentence(message: string): string {
  return `${message.slice(0, LONGEST_MESSAGE).replace(/\.$/, '')}.`;
}

/** The fault of a tag that the library knows and the language does not, such as `!!binary`. */
export function explicitTag(node: Node): TextFault {
  const [start = 0, end = start] = node.range ?? [];
  return textFault('yaml-syntax', { start, end }, ...TAG);
}

/** Whether a value in this line begins with two braces, as people write templates. */
function isAfterTemplate(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /(?:^|[:-])[ ]*\{\{/.test(text.slice(Math.max(start, at - 200), at));
}

/** A flow collection that the library went on with where the next block began, or until the end. */
function isOpen({ code, message }: YAMLError): boolean {
  return (
    (code === 'BAD_INDENT' && message.startsWith('Flow')) ||
    (code === 'MISSING_CHAR' && /end with a [\]}]/.test(message))
  );
}

/** Where the last text in quotes begins: one that is not closed goes on to the end. */
function openQuote(documents: readonly Document.Parsed[]): number | undefined {
  let start: number | undefined;
  for (const document of documents)
    visit(document, (_key, node) => {
      if (isScalar(node) && node.type?.startsWith('QUOTE')) start = node.range?.[0] ?? start;
    });
  return start;
}
