import type { Console } from '../../src/cli/console.js';
import type { Keyboard } from '../../src/cli/prompt/keyboard.js';
import type { TerminalText } from '../../src/domain/terminalText.js';

/** A console that keeps what it is given; its clock and its input are the test's. */
export class KeptConsole implements Console {
  written = '';
  errors = '';
  drawable = true;
  colours = false;
  environment: Console['environment'] = {};
  /** What standard input has. */
  input = '';
  keyboard?: Keyboard;
  columns = 60;
  out = ({ text }: TerminalText) => void (this.written += text);
  err = ({ text }: TerminalText) => void (this.errors += text);
  now = () => new Date(Date.now());
  readInput = () => Promise.resolve(new TextEncoder().encode(this.input));
  size = () => ({ columns: this.columns, rows: 20 });
}
