import type { Problem } from '../diagnostics.js';
import type { Path } from '../path.js';

/** A stretch of the text: offsets in UTF-16 units, the end excluded. */
export interface TextRange {
  start: number;
  end: number;
}

/** A problem of the text itself, before anyone asks what it means. */
export interface TextFault extends Problem {
  range: TextRange;
  /** Where the value is in the file, where it is about one. */
  path?: Path;
}

export function textFault(
  code: string,
  range: TextRange,
  message: string,
  remedy: string,
): TextFault {
  return { code, severity: 'error', range, message, remedy };
}
