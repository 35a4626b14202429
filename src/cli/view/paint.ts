import { styleText } from 'node:util';
import { TerminalText } from '../../domain/terminalText.js';
import type { Tone } from './model.js';

/** Puts a tone on a text, or leaves it as it is. */
export type Paint = (tone: Tone | 'bold' | 'dim', text: string) => TerminalText;

const STYLES = {
  waiting: 'dim',
  active: 'cyan',
  held: 'magenta',
  good: 'green',
  rolledBack: 'yellow',
  bad: 'red',
  quiet: 'dim',
  bold: 'bold',
  dim: 'dim',
} as const satisfies Readonly<Record<Tone | 'bold' | 'dim', string>>;

export const SYMBOLS: Readonly<Record<Tone, string>> = {
  waiting: '○',
  active: '●',
  held: '◆',
  good: '✔',
  rolledBack: '↺',
  bad: '✖',
  quiet: '–',
};

export const plain: Paint = (_, text) => TerminalText.of(text);

/** Whoever calls has decided about colours; the stream and NO_COLOR are not asked again. */
export const coloured: Paint = (tone, text) =>
  TerminalText.of(text).styled((clean) =>
    styleText(STYLES[tone], clean, { validateStream: false }),
  );
