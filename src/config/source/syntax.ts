import type { ErrorCode, YAMLError } from 'yaml';
import { textFault, type TextFault } from './faults.js';

const LONGEST_MESSAGE = 200;

const LOST =
  'Check the indentation, that every key is followed by a colon and a space, and that text which contains ": " stands in quotes.';

/** How to mend what the YAML library complains about, where more can be said than {@link OTHERWISE}. */
const REMEDIES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT:
    'Give the keys of one block the same indentation, and what belongs to a key more than the key has.',
  BLOCK_AS_IMPLICIT_KEY: LOST,
  MULTILINE_IMPLICIT_KEY: LOST,
  MISSING_CHAR: 'Close what was opened: quotes, brackets and braces.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  TAG_RESOLVE_FAILED: 'Remove the tag; text that begins with ! stands in quotes.',
};

const OTHERWISE = 'Correct the YAML here, or put the text in quotes.';

/** What the YAML library found: the first thing of each line, for the rest of a line only echoes it. */
export function syntaxFaults(errors: readonly YAMLError[], text: string): TextFault[] {
  const faults: TextFault[] = [];
  let lineEnd = -1;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (error.pos[0] <= lineEnd) continue;
    faults.push(syntaxFault(error));
    const next = text.indexOf('\n', error.pos[0]);
    lineEnd = next < 0 ? text.length : next;
  }
  return faults;
}

function syntaxFault({ code, pos, message }: YAMLError): TextFault {
  return textFault(
    code === 'TAB_AS_INDENT' ? 'tab-indentation' : 'yaml-syntax',
    { start: pos[0], end: pos[1] },
    `${message.slice(0, LONGEST_MESSAGE).replace(/\.$/, '')}.`,
    REMEDIES[code] ?? OTHERWISE,
  );
}
