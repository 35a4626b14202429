import stringWidth from 'string-width';
import { terminal, type TerminalText } from '../../domain/terminalText.js';
import type { Paint } from './paint.js';
import { cut } from './width.js';

/** One line: its parts, each with a tone, so that it can be cut before it is coloured. */
export type Line = readonly (readonly [tone: Parameters<Paint>[0] | undefined, text: string])[];

/** The line in colours, cut to a width in columns. */
export function drawn(line: Line, { paint, width }: { paint: Paint; width: number }): TerminalText {
  let left = width;
  let text = terminal``;
  for (const [tone, part] of line) {
    if (left <= 0) break;
    const kept = cut(part, left);
    left -= stringWidth(kept);
    if (kept !== '') text = terminal`${text}${tone === undefined ? kept : paint(tone, kept)}`;
  }
  return text.trimEnd();
}
