import type { Tone } from './model.js';

/** Puts a tone on a text, or leaves it as it is. */
export type Paint = (tone: Tone | 'bold' | 'dim', text: string) => string;

const CODES: Readonly<Record<Tone | 'bold' | 'dim', string>> = {
  waiting: '2',
  active: '36',
  held: '35',
  good: '32',
  rolledBack: '33',
  bad: '31',
  quiet: '2',
  bold: '1',
  dim: '2',
};

export const SYMBOLS: Readonly<Record<Tone, string>> = {
  waiting: '○',
  active: '●',
  held: '◆',
  good: '✔',
  rolledBack: '↺',
  bad: '✖',
  quiet: '–',
};

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (tone, text) => `\u001B[${CODES[tone]}m${text}\u001B[0m`;
