import type { Severity } from '../diagnostics.js';

/** Gives text its colours, or leaves it as it is. */
export interface Paint {
  strong: (text: string) => string;
  dim: (text: string) => string;
  severity: (text: string, severity: Severity) => string;
}

const PLAIN: Paint = { strong: same, dim: same, severity: same };

const COLOURED: Paint = {
  strong: (text) => sgr('1', text),
  dim: (text) => sgr('2', text),
  severity: (text, severity) => sgr(severity === 'error' ? '1;31' : '1;33', text),
};

export function paint(colour: boolean): Paint {
  return colour ? COLOURED : PLAIN;
}

function same(text: string): string {
  return text;
}

/** An ANSI "select graphic rendition" sequence around the text. */
function sgr(code: string, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}
