import type { Problem } from '../diagnostics.js';

/** A stretch of the text: offsets in UTF-16 units, the end excluded. */
export interface TextRange {
  start: number;
  end: number;
}

/** A problem of the text itself, before anyone asks what it means. */
export interface TextFault extends Problem {
  range: TextRange;
}

export function textFault(
  code: string,
  range: TextRange,
  message: string,
  remedy: string,
): TextFault {
  return { code, severity: 'error', range, message, remedy };
}
