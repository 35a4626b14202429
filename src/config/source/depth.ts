import { textFault, type TextFault, type TextRange } from './faults.js';

/** The most levels of mappings and lists within each other. The language itself has nine. */
export const MAX_DEPTH = 64;

export function depthFault(range: TextRange): TextFault {
  return textFault(
    'nested-too-deeply',
    range,
    `The file is nested more than ${MAX_DEPTH} levels deep here.`,
    'Remove the nesting. An alias inside the value of its own anchor never ends.',
  );
}
